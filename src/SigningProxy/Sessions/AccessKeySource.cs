using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Sessions;

/// <summary>
/// The AccessKey variant: a principal's own key pair is its session, and does not end. Asked for another, it has the catalog read again,
/// and takes what the principal's keys are now, if nothing of the catalog's own text changed with them: else they may belong elsewhere.
/// </summary>
/// <param name="catalog">The catalog in use.</param>
/// <param name="readAgain">Reads the catalog again, and publishes it if it changed and is good.</param>
internal sealed class AccessKeySource(CurrentCatalog catalog, ReadCatalogAgain readAgain) : ISessionSource
{
    public async Task<SessionCredentials> FetchAsync(ExternalCredential externalCredential, Principal principal, CancellationToken cancellation)
    {
        await readAgain(cancellation);
        var now = catalog.Snapshot.ExternalCredentials.GetValueOrDefault(externalCredential.Name);
        var keys = now?.DeclaredIn == externalCredential.DeclaredIn ? now.Principals.FirstOrDefault(p => p.Name == principal.Name)?.Keys : null;
        // A copy, for each session zeroes its own.
        return (keys ?? principal.Keys)?.Copy() ?? throw new SessionException("The principal has no key pair.");
    }
}

/// <summary>Reads the catalog with its secrets again, at once.</summary>
internal delegate Task ReadCatalogAgain(CancellationToken cancellation);
