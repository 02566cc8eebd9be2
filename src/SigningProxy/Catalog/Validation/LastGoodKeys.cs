using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>What the catalog in use has keys for: a reload may take them away, but never by failing to read.</summary>
internal readonly record struct LastGoodKeys(CatalogSnapshot? Snapshot)
{
    public bool Hold(SecretReference? reference) => reference is not null && Snapshot?.ReadSecrets.Contains(reference) == true;

    /// <summary>Whether a principal by this name was configured, by whatever reference: secrets may arrive later than a catalog that names them anew.</summary>
    public bool Hold(string? externalCredential, string? principal) =>
        Find(externalCredential)?.Principals.Any(p => p.Name == principal && p.Missing.Count == 0) == true;

    /// <summary>Whether an external credential by this name had a configured principal.</summary>
    public bool HoldAny(string? externalCredential) => Find(externalCredential)?.Principals.Any(p => p.Missing.Count == 0) == true;

    private ExternalCredential? Find(string? name) => name is null ? null : Snapshot?.ExternalCredentials.GetValueOrDefault(name);
}
