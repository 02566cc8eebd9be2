using System.Globalization;
using System.Text;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>Writes catalogs for tests: each named credential with an external credential and a principal of its own.</summary>
internal sealed class CatalogText
{
    private readonly StringBuilder _external = new();
    private readonly StringBuilder _named = new();
    private readonly List<string> _granted = [];

    /// <param name="name">The named credential's name.</param>
    /// <param name="url">Its URL.</param>
    /// <param name="accessKeyId">Whose signature the destination is to see.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="service">The signing name.</param>
    /// <param name="fields">More fields of the named credential, each a line.</param>
    /// <param name="externalFields">More fields of the external credential, each a line.</param>
    /// <param name="sessionToken">The token beside the keys, where they are temporary.</param>
    /// <param name="regionSet">What is signed for by Signature Version 4a; null for one region by 4.</param>
    public CatalogText With(
        string name, Uri url, string accessKeyId, string secret, string service = "execute-api", string[]? fields = null, string[]? externalFields = null,
        string? sessionToken = null, string? regionSet = null)
    {
        _granted.Add($"{name}Keys-One");
        return WithoutGrant(name, url, accessKeyId, secret, service, fields, externalFields, sessionToken, regionSet);
    }

    /// <summary>The same, and nobody may use it.</summary>
    public CatalogText WithoutGrant(
        string name, Uri url, string accessKeyId, string secret, string service = "execute-api", string[]? fields = null, string[]? externalFields = null,
        string? sessionToken = null, string? regionSet = null)
    {
        _external.Append(CultureInfo.InvariantCulture, $$"""
              - name: {{name}}Keys
                label: {{name}}
                authenticationProtocol: {{(regionSet is null ? "AwsSignatureV4" : "AwsSignatureV4a")}}
                service: {{service}}
                region: '{{regionSet ?? "eu-west-1"}}'
                variant: AccessKey
            {{Lines(externalFields)}}    principals:
                  - name: One
                    sequenceNumber: 1
                    accessKey: {value: {{accessKeyId}}}
                    accessSecret: {value: {{secret}}}{{(sessionToken is null ? "" : $"\n        sessionToken: {{value: {sessionToken}}}")}}

            """);
        _named.Append(CultureInfo.InvariantCulture, $$"""
              - name: {{name}}
                label: {{name}}
                url: {{url.AbsoluteUri}}
                externalCredential: {{name}}Keys
            {{Lines(fields)}}
            """);
        return this;
    }

    public override string ToString() =>
        $"""
        externalCredentials:
        {_external}
        namedCredentials:
        {_named}
        permissionSets:
          - name: Everyone
            callers: ["*"]
            principals: [{string.Join(", ", _granted)}]

        """;

    private static string Lines(string[]? fields) => string.Concat((fields ?? []).Select(f => $"    {f}\n"));
}
