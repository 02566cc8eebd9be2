using SigningProxy.SigV4;

namespace SigningProxy.Bodies;

/// <summary>What the signature says of the body, and the body itself when it is held here.</summary>
/// <param name="Hash">The payload hash to sign.</param>
/// <param name="Treatment">Whether there is one, and whether it streams past or is held.</param>
/// <param name="Held">The whole body where it is held.</param>
internal sealed record OutboundBody(PayloadHash Hash, BodyTreatment Treatment, BodyBuffer? Held = null);
