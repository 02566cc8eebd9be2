namespace SigningProxy.Catalog;

/// <summary>A certificate of the catalog: whose it is, and how long it lasts.</summary>
/// <param name="Kind">What the entry is, in words: <c>external credential</c> or <c>named credential</c>.</param>
/// <param name="Name">The entry's Name.</param>
/// <param name="Life">From when until when it is valid.</param>
internal sealed record CatalogCertificate(string Kind, string Name, CertificateLife Life)
{
    /// <summary>All of a catalog: those that sign at Roles Anywhere, and those for mutual TLS to destinations.</summary>
    public static IReadOnlyList<CatalogCertificate> Of(CatalogSnapshot snapshot) =>
    [
        .. snapshot.ExternalCredentials.Values.Where(e => e.RolesAnywhere?.Certificate is not null)
            .Select(e => new CatalogCertificate(
                "external credential", e.Name, new CertificateLife(e.RolesAnywhere!.Certificate!.NotBefore, e.RolesAnywhere.Certificate.NotAfter))),
        .. snapshot.NamedCredentials.Values.Where(n => n.ClientCertificate is not null)
            .Select(n => new CatalogCertificate("named credential", n.Name, n.ClientCertificate!.Life)),
    ];
}
