using System.Globalization;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Secrets;

/// <summary>Catalogs with a secret in every place that can hold one, and in places where people write one by mistake.</summary>
internal static class SecretCatalogs
{
    public const string Variable = "SIGNING_PROXY_TEST_SECRET";

    private const string Role = "principals: [{name: One, sequenceNumber: 1, roleArn: 'arn:aws:iam::123456789012:role/reader'}]";
    private const string RolesAnywhere = "arn:aws:rolesanywhere:eu-west-1:123456789012";

    /// <summary>A named credential for each way in which a call can end.</summary>
    /// <param name="planted">The secrets.</param>
    /// <param name="files">Files that hold some of them.</param>
    /// <param name="destination">One that answers.</param>
    /// <param name="tls">One that nobody trusts.</param>
    /// <param name="garbage">One that answers with what is no HTTP.</param>
    /// <param name="refusing">One that answers 401.</param>
    /// <param name="source">Who gives out sessions.</param>
    public static string Good(PlantedSecrets planted, SecretFolder files, Uri destination, Uri tls, Uri garbage, Uri refusing, Uri source) => string.Create(CultureInfo.InvariantCulture, $$"""
        externalCredentials:
          {{Credential("ByValue", $"{Keys($"value: {planted["secret by value"]}", $"sessionToken: {{value: {planted["session token"]}}}")}, {Header("X-External", $"{{value: {planted["custom header by value"]}}}")}")}}
          {{Credential("ByFile", Keys($"file: {files.Text}"))}}
          {{Credential("ByVariable", Keys($"env: {Variable}"))}}
          {{Credential("Unshared", Keys($"value: {planted["secret that nobody may use"]}"))}}
          {{Credential("Keyless", Keys("env: SIGNING_PROXY_TEST_NOTHING", $"sessionToken: {{value: {planted["session token without keys"]}}}"))}}
          {{Credential("AsVariable", Keys($"env: {planted["secret as a variable's name"]}"))}}
          {{Credential("AsFile", Keys($"file: {planted["secret as a file's name"]}"))}}
          {{Credential("Assumed", $"variant: AssumeRole, sts: {{accessKey: {{value: AKIDCANARY000000}}, accessSecret: {{value: {planted["STS secret"]}}}, endpoint: '{destination}'}}, {Role}")}}
          {{Credential("Anywhere", $"variant: RolesAnywhere, rolesAnywhere: {{trustAnchorArn: '{RolesAnywhere}:trust-anchor/11111111-2222-3333-4444-555555555555', profileArn: '{RolesAnywhere}:profile/11111111-2222-3333-4444-555555555555', certificate: {{file: {files.EncryptedPem}, password: {{value: {planted["password of a key"]}}}}}, endpoint: '{destination}'}}, {Role}")}}
          {{Credential("Obtained", $"variant: AssumeRole, sts: {{accessKey: {{value: AKIDCANARY000000}}, accessSecret: {{value: {planted["STS secret"]}}}, endpoint: '{source}'}}, {Role}")}}
          {{Credential("Ambient", $"variant: AssumeRole, sts: {{source: Ambient, endpoint: '{source}'}}, {Role}")}}
          {{Credential("Federated", $"variant: AssumeRole, sts: {{source: WebIdentity, webIdentityTokenFile: {files.Token}, endpoint: '{source}'}}, {Role}")}}
          {{Credential("Certified", $"variant: RolesAnywhere, rolesAnywhere: {{trustAnchorArn: '{RolesAnywhere}:trust-anchor/11111111-2222-3333-4444-555555555555', profileArn: '{RolesAnywhere}:profile/11111111-2222-3333-4444-555555555555', certificate: {{file: {files.EncryptedPem}, password: {{value: {planted["password of a key"]}}}}}, endpoint: '{source}'}}, {Role}")}}
        namedCredentials:
          {{Named("Whole", "ByValue", destination, Header("X-Named", $"{{env: {Variable}}}"))}}
          {{Named("Text", "ByValue", destination, Header("X-Named", planted["custom header as a text"]))}}
          {{Named("Filed", "ByFile", destination)}}
          {{Named("Varied", "ByVariable", destination)}}
          {{Named("Own", "ByValue", destination, "generateAuthorizationHeader: false")}}
          {{Named("Disabled", "ByValue", destination, "enabledForCallouts: false")}}
          {{Named("Hidden", "Unshared", destination)}}
          {{Named("Keyless", "Keyless", destination)}}
          {{Named("AsVariable", "AsVariable", destination)}}
          {{Named("AsFile", "AsFile", destination)}}
          {{Named("Assumed", "Assumed", destination)}}
          {{Named("Anywhere", "Anywhere", destination)}}
          {{Named("Obtained", "Obtained", destination)}}
          {{Named("Ambient", "Ambient", destination)}}
          {{Named("Federated", "Federated", destination)}}
          {{Named("Certified", "Certified", destination)}}
          {{Named("Refusing", "Obtained", refusing)}}
          {{Named("Garbage", "ByValue", garbage)}}
          {{Named("Down", "ByValue", new Uri($"http://127.0.0.1:{ProxyProcess.FreePort()}"))}}
          {{Named("Untrusted", "ByValue", tls, "clientCertificate: Pem")}}
          {{Named("UntrustedToo", "ByValue", tls, "clientCertificate: Pkcs")}}
          {{Named("Proxied", "ByValue", new Uri("https://destination.invalid/"))}}
        certificates:
          - {name: Pem, file: {{files.Pem}} }
          - {name: Pkcs, file: {{files.Pkcs12}}, password: {value: {{planted["password of a PKCS#12"]}} } }
        permissionSets:
          - {name: Everyone, callers: ["*"], principals: [ByValue-One, ByFile-One, ByVariable-One, Keyless-One, AsVariable-One, AsFile-One, Assumed-One, Anywhere-One, Obtained-One, Ambient-One, Federated-One, Certified-One]}

        """);

    /// <summary>Every fault that has a secret in its reach.</summary>
    public static string Bad(PlantedSecrets planted, SecretFolder files) => $$"""
        externalCredentials:
          {{Credential("Bare", $"principals: [{{name: One, sequenceNumber: 1, accessSecret: {planted["secret without a reference"]}}}]")}}
          {{Credential("Braced", Keys(planted["secret in braces"]))}}
          {{Credential("Twice", Keys($"value: {planted["secret with two sources"]}, env: A"))}}
          {{Credential("Swapped", $"principals: [{{name: One, sequenceNumber: 1, accessKey: {{value: '{planted["secret as a key id"]}/+'}}}}]")}}
          {{Credential("Listed", $"principals: [{{name: One, sequenceNumber: 1, accessSecret: [{planted["secret in a list"]}]}}]")}}
          {{Credential("Headed", Header("X-Secret", $"{{value: \"{planted["header with a bell"]}\\a\"}}"))}}
          {{Credential("HeadedToo", Header("X-Text", $"\"{planted["header as a text with a bell"]}\\a\""))}}
          {{Credential("Numbered", Header("X-Text", planted["header of a wrong place"]).Replace("sequenceNumber: 1", "sequenceNumber: 0", StringComparison.Ordinal))}}
          {{Credential("Assumed", $"variant: AssumeRole, sts: {{accessSecret: {planted["STS secret without a reference"]}, endpoint: 'https://user:{planted["password in an endpoint"]}@sts.example.com'}}, {Role}")}}
        namedCredentials:
          {{Named("User", "Bare", new Uri($"https://user:{planted["password in a URL"]}@example.com/"))}}
          {{Named("Query", "Bare", new Uri($"https://example.com/?token={planted["token in a URL"]}"))}}
          {{Named("Fragment", "Bare", new Uri($"https://example.com/#{planted["fragment of a URL"]}"))}}
        certificates:
          - {name: Wrong, file: {{files.Pkcs12}}, password: {value: {{planted["wrong password of a PKCS#12"]}} } }
          - {name: WrongToo, file: {{files.EncryptedPem}}, password: {value: {{planted["wrong password of a key"]}} } }
          - {name: Broken, file: {{files.BrokenPem}} }
          - {name: Bare, file: {{files.Pem}}, password: {{planted["password without a reference"]}} }

        """;

    /// <summary>Texts that are no YAML, or that break a bound of it.</summary>
    public static IEnumerable<string> Malformed(PlantedSecrets planted) =>
    [
        $"externalCredentials:\n  - accessSecret: {{value: {planted["secret in open braces"]}\nnamedCredentials: []\n",
        $"externalCredentials:\n  - accessSecret: \"{planted["secret in an open quote"]}\n",
        $"externalCredentials:\n  - {planted["secret as a key"]}: a\n    {planted["secret as a key"]}: b\n",
        $"externalCredentials:\n  - accessSecret: *{planted["secret as an alias"]}\n",
        $"externalCredentials:\n  - accessSecret: !{planted["secret as a tag"]} {planted["secret behind a tag"]}\n\t{planted["secret behind a tab"]}: [\n",
        $"{planted["secret alone"]}\n",
    ];

    private static string Credential(string name, string more) =>
        $"- {{name: {name}, label: {name}, authenticationProtocol: AwsSignatureV4, service: execute-api, region: eu-west-1, {more}}}";

    private static string Keys(string secret, string more = "") =>
        $"principals: [{{name: One, sequenceNumber: 1, accessKey: {{value: AKIDCANARY000000}}, accessSecret: {{{secret}}}, {more}}}]";

    private static string Named(string name, string credential, Uri url, string more = "") =>
        $"- {{name: {name}, label: {name}, url: \"{url.OriginalString}\", externalCredential: {credential}, {more}}}";

    private static string Header(string name, string value) => $"customHeaders: [{{name: {name}, sequenceNumber: 1, value: {value}}}]";
}
