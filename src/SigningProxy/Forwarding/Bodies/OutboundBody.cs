using SigningProxy.SigV4;

namespace SigningProxy.Forwarding.Bodies;

/// <summary>What the signature says of the body, and the body itself when it is held here.</summary>
/// <param name="Hash">The payload hash to sign.</param>
/// <param name="Held">The whole body, or null when it streams past.</param>
internal sealed record OutboundBody(PayloadHash Hash, BodyBuffer? Held = null);
