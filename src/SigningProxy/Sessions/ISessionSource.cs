using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Sessions;

/// <summary>Where the session credentials of one variant come from.</summary>
internal interface ISessionSource
{
    /// <summary>Obtains session credentials; one attempt.</summary>
    /// <exception cref="SessionException">There are none to be had now.</exception>
    public Task<SessionCredentials> FetchAsync(ExternalCredential externalCredential, Principal principal, CancellationToken cancellation);
}
