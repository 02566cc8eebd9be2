using SigningProxy.Catalog;
using SigningProxy.Operations;

namespace SigningProxy.Setup.SignIn;

/// <summary>An administrator that the host settings declare, as one line of text.</summary>
/// <param name="Administrator">Who it is.</param>
/// <param name="Proof">What proves it.</param>
internal sealed record AdministratorSetting(Administrator Administrator, AdministratorProof Proof)
{
    public const string Forms = "Write \"NAME may View by tokenFile PATH\", with Manage for one who may change entries; in place of tokenFile PATH, \"tokenEnv VARIABLE\", \"oidc CLAIM=VALUE\", or \"certificate dns:NAME\" (or uri: or subject:)";

    public static bool TryParse(string text, out AdministratorSetting? setting)
    {
        setting = text.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var name, "may", var permission, "by", var kind, var rest]
            && !name.Any(char.IsControl)
            && Enum.TryParse<SetupPermission>(permission, out var granted) && Enum.IsDefined(granted) && !char.IsDigit(permission[0])
            && ProofOf(kind, rest) is { } proof
                ? new AdministratorSetting(new Administrator(name, granted), proof)
                : null;
        return setting is not null;
    }

    /// <summary>What is wrong with these lines, each with its mend.</summary>
    public static IEnumerable<string> Faults(IEnumerable<string> texts)
    {
        var all = texts.Select(text => (Text: text, Setting: TryParse(text, out var setting) ? setting : null)).ToList();
        foreach (var (text, setting) in all)
        {
            if (setting is null)
                yield return $"\"{text}\" names no administrator. {Forms}.";
            else if (setting.Proof is DeclaredToken { Token: var token } && token.Problem() is { } problem)
                yield return $"\"{text}\": {problem}. {OperatorToken.Rule}";
        }
        foreach (var twice in all.Select(a => a.Setting).OfType<AdministratorSetting>().GroupBy(s => s.Administrator.Name, DeveloperName.Comparer))
        {
            if (twice.Select(s => s.Administrator.Permission).Distinct().Count() > 1)
                yield return $"\"{twice.Key}\" may View in one line and Manage in another. Give one administrator one permission; each may have several lines.";
        }
    }

    private static AdministratorProof? ProofOf(string kind, string rest) => kind switch
    {
        "tokenFile" => new DeclaredToken(OperatorToken.InFile(rest)),
        "tokenEnv" when !rest.Contains(' ') => new DeclaredToken(OperatorToken.InVariable(rest)),
        "oidc" when rest.IndexOf('=') is > 0 and var at && at < rest.Length - 1 => new OidcClaim(rest[..at], rest[(at + 1)..]),
        "certificate" when rest.IndexOf(':') is > 0 and var at && at < rest.Length - 1
            && Enum.TryParse<CertificatePart>(rest[..at], ignoreCase: true, out var part) && char.IsAsciiLetter(rest[0]) => CertificateName.Of(part, rest[(at + 1)..]),
        _ => null,
    };
}
