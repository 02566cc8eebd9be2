using System.Text;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>Writes catalogs whose sessions are obtained: each named credential with an external credential of its name and one principal, One.</summary>
internal sealed class SessionCatalog
{
    public const string OneRegion = "authenticationProtocol: AwsSignatureV4, region: eu-west-1";
    public const string SeveralRegions = "authenticationProtocol: AwsSignatureV4a, region: 'eu-west-1,eu-central-1'";

    public const string Role = "arn:aws:iam::111122223333:role/shop/one";

    /// <summary>Who may assume roles.</summary>
    public static readonly LocalKey Asker = new("AKIASKSFORSESSIONS01", "the-secret-of-who-asks-for-sessions");

    private readonly StringBuilder _external = new();
    private readonly StringBuilder _named = new();
    private readonly List<string> _names = [];

    /// <summary>A session by AssumeRole, asked for with the keys of <see cref="Asker"/>.</summary>
    /// <param name="endpoint">Of STS.</param>
    /// <param name="more">More fields of <c>sts</c>, each behind a comma.</param>
    /// <param name="secret">Another secret than the right one.</param>
    public static string AssumeRole(Uri endpoint, string more = "", string? secret = null) =>
        $"variant: AssumeRole, sts: {{accessKey: {{value: {Asker.AccessKeyId}}}, accessSecret: {{value: {secret ?? Asker.Secret}}}, endpoint: '{endpoint}'{more}}}";

    /// <summary>A session by AssumeRole, asked for by another source than keys of its own.</summary>
    public static string AssumeRoleBy(string source, Uri endpoint, string more = "") =>
        $"variant: AssumeRole, sts: {{source: {source}, endpoint: '{endpoint}'{more}}}";

    /// <param name="name">The name of both.</param>
    /// <param name="url">The destination.</param>
    /// <param name="external">Variant and source of the external credential, as fields in one line.</param>
    /// <param name="service">The signing name: it tells the stand-in what to be.</param>
    /// <param name="principal">What the principal has beside its name.</param>
    /// <param name="named">More fields of the named credential.</param>
    /// <param name="signing">Protocol and region.</param>
    public SessionCatalog With(
        string name, Uri url, string external, string service = "lambda", string principal = $"roleArn: '{Role}'", string named = "", string signing = OneRegion)
    {
        _names.Add(name);
        _external.Append("  - {name: ").Append(name).Append(", label: ").Append(name).Append(", service: ").Append(service)
            .Append(", ").Append(signing).Append(", ").Append(external).Append(", principals: [{name: One, sequenceNumber: 1, ").Append(principal).AppendLine("}]}");
        _named.Append("  - {name: ").Append(name).Append(", label: ").Append(name).Append(", url: '").Append(url).Append("', externalCredential: ").Append(name)
            .Append(", ").Append(named).AppendLine("}");
        return this;
    }

    public override string ToString() =>
        $"""
        externalCredentials:
        {_external}
        namedCredentials:
        {_named}
        permissionSets:
          - {"{"}name: Everyone, callers: ["*"], principals: [{string.Join(", ", _names.Select(name => $"{name}-One"))}]{"}"}

        """;
}
