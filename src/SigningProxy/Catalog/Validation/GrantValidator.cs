using System.Text.RegularExpressions;
using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges permission sets and profiles.</summary>
internal static partial class GrantValidator
{
    /// <summary>The caller that the loopback listeners of a sidecar prove.</summary>
    public const string LocalCaller = "local";

    public static void Judge(PermissionSetDeclaration set, CatalogDeclarations declared, FaultList faults)
    {
        NameRules.Name(set.Name, set.Origin, faults);
        NameRules.Label(set.Label, set.Origin, faults);
        if (set.Callers.Count == 0 && !set.Origin.Wrote("callers"))
            faults.Missing(set.Origin, "callers", "List callers, or \"*\" for every proven one.");
        for (var i = 0; i < set.Callers.Count; i++)
            Caller(set.Callers[i], set.Origin, $"callers[{i}]", declared, faults);
        Principals(set.Principals, set.Origin, declared, faults);
        OnlyValidator.Judge(set.Only, set.Principals, declared, faults);
    }

    public static void Judge(ProfileDeclaration profile, CatalogDeclarations declared, FaultList faults)
    {
        NameRules.Name(profile.Name, profile.Origin, faults);
        NameRules.Label(profile.Label, profile.Origin, faults);
        Principals(profile.Principals, profile.Origin, declared, faults);
        OnlyValidator.Judge(profile.Only, profile.Principals, declared, faults);
    }

    /// <summary>Whether it is a caller that is named by its proof: <c>{authenticator}:{issuer}:{value}</c>.</summary>
    public static bool IsProofName(string name) => ProofName().IsMatch(name);

    private static void Caller(string caller, Origin at, string item, CatalogDeclarations declared, FaultList faults)
    {
        if (caller is PermissionSet.EveryCaller or LocalCaller || IsProofName(caller) || declared.Callers.Any(c => c.Name == caller))
            return;
        var known = declared.Callers.Select(c => c.Name).OfType<string>().Append(LocalCaller);
        faults.Error(at, item, $"callers names \"{caller}\", which is not declared",
            $"{DidYouMean.Of(caller, known)}Declare it under callers, or write \"*\", {LocalCaller} or AUTHENTICATOR:ISSUER:VALUE.");
    }

    private static void Principals(IReadOnlyList<string> principals, Origin at, CatalogDeclarations declared, FaultList faults)
    {
        if (principals.Count == 0 && !at.Wrote("principals"))
            faults.Missing(at, "principals", "List principals as ExternalCredential-PrincipalName.");
        for (var i = 0; i < principals.Count; i++)
            Principal(principals[i], at, $"principals[{i}]", declared, faults);
    }

    private static void Principal(string text, Origin at, string item, CatalogDeclarations declared, FaultList faults)
    {
        if (!PrincipalName.TryParse(text, out var name))
        {
            faults.Error(at, item, $"principals holds \"{text}\", which is not written as ExternalCredential-PrincipalName", "Write the two names with a dash between.");
            return;
        }
        var owners = declared.ExternalCredentials.Where(e => DeveloperName.Comparer.Equals(e.Name, name.ExternalCredential)).ToList();
        if (owners.Any(e => e.Principals.Any(p => p.Name == name.Principal)))
            return;
        var known = declared.ExternalCredentials.SelectMany(e => e.Principals.Select(p => $"{e.Name}-{p.Name}"));
        var what = owners.Count == 0 ? $"no external credential {name.ExternalCredential}" : $"no principal {name.Principal} of external credential {owners[0].Name}";
        faults.Error(at, item, $"principals names \"{text}\", but there is {what}", $"{DidYouMean.Of(text, known)}Name a principal that is declared.");
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]*:[^\x00-\x20]+:[^\x00-\x1f]+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ProofName();
}
