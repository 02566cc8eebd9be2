using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using SigningProxy.Catalog;

namespace SigningProxy.Setup.Api;

/// <summary>Whether an external credential or a principal has all that its variant needs.</summary>
/// <param name="State"><c>configured</c>, <c>notConfigured</c>, or <c>notInUse</c> where the catalog in use does not have it.</param>
/// <param name="Missing">What it lacks, each in a few words.</param>
internal readonly record struct EntryStatus(string State, IReadOnlyList<string> Missing)
{
    private const string Configured = "configured";
    private const string NotConfigured = "notConfigured";
    private const string NotInUse = "notInUse";

    /// <summary>An external credential is configured once one of its principals is.</summary>
    public static EntryStatus Of(CatalogSnapshot catalog, string externalCredential)
    {
        if (!catalog.ExternalCredentials.TryGetValue(externalCredential, out var external))
            return new(NotInUse, []);
        if (external.Principals.Count == 0)
            return new(NotConfigured, ["it has no principal"]);
        return external.Principals.Any(p => p.Missing.Count == 0)
            ? new(Configured, [])
            : new(NotConfigured, [.. external.Principals.SelectMany(p => p.Missing.Select(m => $"principal {p.Name}: {m}"))]);
    }

    public static EntryStatus Of(CatalogSnapshot catalog, string externalCredential, string principal) =>
        catalog.ExternalCredentials.GetValueOrDefault(externalCredential)?.Principals.FirstOrDefault(p => p.Name == principal) is { } found
            ? new(found.Missing.Count == 0 ? Configured : NotConfigured, found.Missing)
            : new(NotInUse, []);

    public static void Write(Utf8JsonWriter to, EntryStatus status)
    {
        to.WriteStartObject("status");
        to.WriteString("state", status.State);
        to.WriteStartArray("missing");
        foreach (var missing in status.Missing)
            to.WriteStringValue(missing);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    public static void WriteCertificate(Utf8JsonWriter to, CertificateChain? chain)
    {
        to.WriteStartObject("status");
        to.WriteString("state", chain is null ? NotInUse : Configured);
        if (chain is not null)
        {
            WriteOne(to, chain.Leaf);
            to.WriteStartArray("chain");
            foreach (var issuer in chain.Intermediates)
            {
                to.WriteStartObject();
                WriteOne(to, issuer);
                to.WriteEndObject();
            }
            to.WriteEndArray();
        }
        to.WriteEndObject();
    }

    public static void WriteInstant(Utf8JsonWriter to, string name, DateTimeOffset? instant) =>
        to.WriteString(name, instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private static void WriteOne(Utf8JsonWriter to, X509Certificate2 certificate)
    {
        to.WriteString("subject", certificate.Subject);
        to.WriteString("issuer", certificate.Issuer);
        to.WriteString("serialNumber", certificate.SerialNumber);
        to.WriteString("keyType", KeyType(certificate));
        WriteInstant(to, "notBefore", certificate.NotBefore);
        WriteInstant(to, "notAfter", certificate.NotAfter);
        to.WriteString("sha256", certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256));
    }

    private static string KeyType(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = certificate.GetECDsaPublicKey();
        return rsa is not null ? $"RSA {rsa.KeySize}" : ecdsa is not null ? $"ECDSA {ecdsa.KeySize}" : certificate.PublicKey.Oid.FriendlyName ?? "unknown";
    }
}
