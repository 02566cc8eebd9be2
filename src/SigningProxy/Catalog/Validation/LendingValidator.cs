using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges what entries made in Setup use of provisioned ones: whose keys were given for certain hosts must not sign for others.</summary>
internal static class LendingValidator
{
    /// <returns>Whether all of it may be used so.</returns>
    public static bool Judge(CatalogDeclarations declared, FaultList faults)
    {
        var lent = false;
        foreach (var named in declared.NamedCredentials.Where(n => !n.Origin.IsProvisioned))
        {
            var external = declared.ExternalCredentials.FirstOrDefault(e => DeveloperName.Comparer.Equals(e.Name, named.ExternalCredential));
            if (external is { Origin.IsProvisioned: true } && !Serves(external, named, declared))
                Fault(named.Origin, "url", $"the provisioned external credential {external.Name} does not serve this host", "Have the host listed in its allowedHosts, or use an external credential made in Setup.");
            if (declared.Certificates.Any(c => c.Origin.IsProvisioned && DeveloperName.Comparer.Equals(c.Name, named.ClientCertificate)))
                Fault(named.Origin, "clientCertificate", "the provisioned certificate serves provisioned named credentials alone", "Use a certificate made in Setup.");
        }
        foreach (var sts in declared.ExternalCredentials.Where(e => !e.Origin.IsProvisioned).Select(e => e.Sts).OfType<StsDeclaration>())
        {
            if (PrincipalName.TryParse(sts.Principal ?? "", out var name)
                && declared.ExternalCredentials.Any(e => e.Origin.IsProvisioned && DeveloperName.Comparer.Equals(e.Name, name.ExternalCredential)))
            {
                Fault(sts.Origin, "principal", "a provisioned principal assumes no role for an entry made in Setup", "Chain from a principal made in Setup, or have this external credential provisioned.");
            }
        }
        return !lent;

        void Fault(Origin at, string field, string rule, string mend)
        {
            lent = true;
            faults.Error(at, field, rule, mend);
        }
    }

    private static bool Serves(ExternalCredentialDeclaration external, NamedCredentialDeclaration named, CatalogDeclarations declared)
    {
        // A URL that is none has a fault of its own.
        if (UrlRules.Parse(named.Url, allowPlainHttp: true) is not { } url)
            return true;
        var hosts = external.AllowedHosts ?? declared.NamedCredentials
            .Where(n => n.Origin.IsProvisioned && DeveloperName.Comparer.Equals(n.ExternalCredential, external.Name))
            .Select(n => UrlRules.Parse(n.Url, allowPlainHttp: true)?.Authority).OfType<string>();
        return hosts.Contains(url.Authority, StringComparer.OrdinalIgnoreCase);
    }
}
