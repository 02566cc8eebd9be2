using SigningProxy.SigV4;

namespace SigningProxy.Callers;

/// <summary>What a caller's local signature says beyond who it is. A feature of a request that one proved.</summary>
/// <param name="Scope">The region and service that the caller meant; for what another is behind the name, nothing is granted.</param>
internal sealed record LocalSignature(CredentialScope Scope);
