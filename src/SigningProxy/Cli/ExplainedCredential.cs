using System.CommandLine;
using SigningProxy.Catalog;
using SigningProxy.Configuration;
using SigningProxy.Explain;
using SigningProxy.SigV4;

namespace SigningProxy.Cli;

/// <summary>What of a catalog is explained.</summary>
/// <param name="Catalog">The catalog.</param>
/// <param name="NamedCredential">What is called.</param>
/// <param name="Principal">Who signs.</param>
internal sealed record ExplainedCredential(CatalogSnapshot Catalog, NamedCredential NamedCredential, Principal Principal)
{
    /// <param name="catalog">The catalog's file or folder.</param>
    /// <param name="name">The named credential.</param>
    /// <param name="principal">The principal, or null for that with the lowest sequence number.</param>
    /// <exception cref="ExplainException">The catalog has no such name.</exception>
    /// <exception cref="ConfigurationException">The catalog has faults.</exception>
    public static ExplainedCredential In(string catalog, string name, string? principal)
    {
        var load = new CatalogLoader(catalog).Load(lastGood: null);
        if (load.Snapshot is not { } snapshot)
            throw new ConfigurationException($"The catalog {catalog} is not valid:", [.. load.Faults.Select(CatalogReport.Line)]);
        if (!snapshot.NamedCredentials.TryGetValue(name, out var named))
            throw new ExplainException($"The catalog has no named credential \"{name}\". It has: {string.Join(", ", snapshot.NamedCredentials.Values.Select(n => n.Name).Order(StringComparer.OrdinalIgnoreCase))}.");
        var external = named.ExternalCredential;
        var signs = principal is null ? external.Principals.MinBy(p => p.SequenceNumber) : external.Principals.FirstOrDefault(p => p.Name == principal);
        return new ExplainedCredential(snapshot, named, signs
            ?? throw new ExplainException($"The external credential {external.Name} has no principal \"{principal}\". It has: {string.Join(", ", external.Principals.Select(p => p.Name))}."));
    }

    /// <summary>The principal's own keys; or those of the environment, where the command line names them or the principal signs with a session.</summary>
    /// <exception cref="ExplainException">There are none.</exception>
    public SessionCredentials KeysOr(KeyOptionSet keys, ParseResult result)
    {
        var external = NamedCredential.ExternalCredential;
        if (keys.IsGivenIn(result))
            return keys.Of(result);
        if (external.Variant == CredentialVariant.AccessKey)
            return Principal.Keys?.Copy() ?? throw new ExplainException($"The principal {external.Name}-{Principal.Name} is not configured: it lacks {string.Join("; ", Principal.Missing)}.");
        try
        {
            return keys.Of(result);
        }
        catch (ExplainException e)
        {
            throw new ExplainException(
                $"The principal {external.Name}-{Principal.Name} signs with a session ({external.Variant}), which only a running proxy has. To explain with keys of the environment: {e.Message}");
        }
    }
}
