using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>Where the master key is, for secrets that come sealed.</summary>
/// <param name="Read">Reads it.</param>
internal sealed record ApiKey(Func<MasterKey> Read);
