using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Sessions;

/// <summary>Where the session credentials of a variant come from.</summary>
internal interface ISessionSource
{
    /// <summary>Fetches a session: one call, without a retry.</summary>
    /// <param name="externalCredential">Of the source's variant.</param>
    /// <param name="principal">One of its principals, Configured.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="SessionException">There is no session to be had now.</exception>
    public Task<SessionCredentials> FetchAsync(ExternalCredential externalCredential, Principal principal, CancellationToken cancellation);
}
