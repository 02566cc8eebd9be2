using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Configuration;

/// <summary>Follows every reference of some declarations, good or bad, so that all faults are told at once.</summary>
internal sealed class MaterialReader(CatalogInputs inputs)
{
    private readonly Dictionary<SecretReference, Reading<Secret>> _secrets = [];

    public CatalogMaterial Read(CatalogDeclarations declared)
    {
        foreach (var reference in Secrets(declared).OfType<SecretReference>().Where(IsReadable))
            Secret(reference);
        var certificates = new CertificateReader(inputs);
        return new CatalogMaterial
        {
            Secrets = _secrets,
            Certificates = Certificates(declared).OfType<CertificateReference>().Where(c => c.File != "").Distinct()
                .ToDictionary(c => c, c => certificates.Read(c, IfReadable(c.Password), IfReadable(c.Content))),
            Authorities = declared.NamedCredentials.Select(n => n.CertificateAuthorities?.File).Where(f => !string.IsNullOrEmpty(f)).OfType<string>().Distinct()
                .ToDictionary(f => f, certificates.ReadAuthorities, StringComparer.Ordinal),
        };
    }

    private Reading<Secret> Secret(SecretReference reference)
    {
        if (!_secrets.TryGetValue(reference, out var reading))
            _secrets.Add(reference, reading = new SecretReader(inputs).Read(reference));
        return reading;
    }

    private Reading<Secret>? IfReadable(SecretReference? reference) => reference is not null && IsReadable(reference) ? Secret(reference) : null;

    private static bool IsReadable(SecretReference reference) => reference is { IsWhole: true, File: not "", Env: not "" };

    private static IEnumerable<SecretReference?> Secrets(CatalogDeclarations declared) =>
    [
        .. declared.ExternalCredentials.SelectMany(e => e.Principals).SelectMany(p => new[] { p.AccessKey, p.AccessSecret, p.SessionToken }),
        .. declared.ExternalCredentials.SelectMany(e => new[] { e.Sts?.AccessKey, e.Sts?.AccessSecret }),
        .. declared.Callers.SelectMany(c => c.Proofs).SelectMany(p => new[] { p.Token, p.LocalSigV4?.Secret }),
        .. declared.ExternalCredentials.SelectMany(e => e.CustomHeaders).Concat(declared.NamedCredentials.SelectMany(n => n.CustomHeaders)).Select(h => h.Secret),
    ];

    private static IEnumerable<CertificateReference?> Certificates(CatalogDeclarations declared) =>
    [
        .. declared.Certificates.Select(c => c.Reference),
        .. declared.ExternalCredentials.Select(e => e.RolesAnywhere?.Certificate?.Reference),
    ];
}
