using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges named credentials.</summary>
internal static class NamedCredentialValidator
{
    public static void JudgeAll(CatalogDeclarations declared, CatalogMaterial material, IReadOnlyDictionary<int, string> takenPorts, FaultList faults)
    {
        EqualListen(declared.NamedCredentials, faults);
        TakenListen(declared.NamedCredentials, takenPorts, faults);
        foreach (var named in declared.NamedCredentials)
        {
            Judge(named, declared, faults);
            CustomHeadersValidator.Judge(named.CustomHeaders, material, faults);
            CustomHeadersValidator.JudgeMergeFields(named.CustomHeaders, named.AllowMergeFieldsInHeader == true, faults);
            if (named.CallerHeaders is { } headers)
                CallerHeadersValidator.Judge(headers, faults);
            if (named.CertificateAuthorities is { } authorities)
                CertificateValidator.JudgeAuthorities(authorities, material, faults);
        }
    }

    private static void Judge(NamedCredentialDeclaration named, CatalogDeclarations declared, FaultList faults)
    {
        var at = named.Origin;
        NameRules.Name(named.Name, at, faults);
        NameRules.RequiredLabel(named.Label, at, faults);
        UrlRules.Destination(named.Url, named.AllowPlainHttp == true, at, faults);
        if (named.SignHost is { } host && !HostRules.IsHostAndPort(host))
            faults.Error(at, "signHost", "signHost must be a host, with a port if need be", "Write it as example.com or example.com:8443, without a scheme or path.");
        if (named.Listen is < 1 or > 65535)
            faults.Error(at, "listen", "listen must be a port of 1 to 65535", "Choose a free port, such as 8101.");
        Reference(named.ClientCertificate, at, "clientCertificate", "certificates", declared.Certificates.Select(c => c.Name), faults);
        if (faults.Required(named.ExternalCredential, at, "externalCredential", "Name the external credential that signs."))
        {
            Reference(named.ExternalCredential, at, "externalCredential", "externalCredentials", declared.ExternalCredentials.Select(e => e.Name), faults);
            DestinationHints.Judge(named, declared.ExternalCredentials.FirstOrDefault(e => DeveloperName.Comparer.Equals(e.Name, named.ExternalCredential)), faults);
        }
    }

    private static void Reference(string? name, Origin at, string field, string section, IEnumerable<string?> names, FaultList faults)
    {
        var known = names.OfType<string>().ToList();
        if (name is not null && !known.Contains(name, DeveloperName.Comparer))
            faults.Error(at, field, $"{field} names \"{name}\", which is not declared", $"{DidYouMean.Of(name, known)}Declare it under {section}.");
    }

    private static void EqualListen(IReadOnlyList<NamedCredentialDeclaration> all, FaultList faults)
    {
        foreach (var equal in all.Where(n => n.Listen is not null).GroupBy(n => n.Listen).Where(g => g.Count() > 1))
        {
            foreach (var named in equal.Skip(1))
                faults.Error(named.Origin, "listen", $"listen {equal.Key} is also the port of named credential {equal.First().Name}", "Give each a port of its own.");
        }
    }

    private static void TakenListen(IReadOnlyList<NamedCredentialDeclaration> all, IReadOnlyDictionary<int, string> takenPorts, FaultList faults)
    {
        foreach (var named in all)
        {
            if (named.Listen is { } port && takenPorts.TryGetValue(port, out var taker))
                faults.Error(named.Origin, "listen", $"listen {port} is also the port of {taker}", "Choose another port, such as 8101, or change that setting.");
        }
    }
}
