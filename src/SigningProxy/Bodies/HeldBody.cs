using SigningProxy.SigV4;

namespace SigningProxy.Bodies;

/// <summary>A whole body that is held here. A feature of the request that it came with.</summary>
/// <param name="Hash">Its SHA-256.</param>
/// <param name="Buffer">Its bytes.</param>
internal sealed record HeldBody(PayloadHash Hash, BodyBuffer Buffer);
