using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SigningProxy.Catalog.Validation;
using SigningProxy.Tests.Configuration;

namespace SigningProxy.Tests.Setup.Api;

/// <summary>Every field with good, edge and bad values, by the API and by a file: one set of rules, and the same words.</summary>
public sealed partial class FieldRulesTests(FieldRulesTests.Stage stage) : IClassFixture<FieldRulesTests.Stage>
{
    private static readonly string Name80 = new('A', 80);

    private static readonly Dictionary<string, string> Good = new()
    {
        ["external-credentials"] = """
            {"name":"Mine","label":"Mine","authenticationProtocol":"AwsSignatureV4","service":"dynamodb","region":"eu-west-1","awsAccountId":"123456789012",
             "principals":[{"name":"Writer","sequenceNumber":1,"accessKey":{"value":"AKIDEXAMPLE000000001"},"accessSecret":{"value":"theSecretOfTheWriter"}}]}
            """,
        ["external-credentials sts"] = """
            {"name":"Mine","label":"Mine","authenticationProtocol":"AwsSignatureV4","service":"dynamodb","region":"eu-west-1","awsAccountId":"123456789012","variant":"AssumeRole",
             "sts":{"accessKey":{"value":"AKIDEXAMPLE000000001"},"accessSecret":{"value":"theSecretOfTheUser"},"externalId":"salesforceIntegration-abc123","durationSeconds":3600},
             "principals":[{"name":"Role","sequenceNumber":1,"roleArn":"arn:aws:iam::123456789012:role/path/Queue"}]}
            """,
        ["external-credentials anywhere"] = """
            {"name":"Mine","label":"Mine","authenticationProtocol":"AwsSignatureV4","service":"dynamodb","region":"eu-west-1","variant":"RolesAnywhere",
             "rolesAnywhere":{"trustAnchorArn":"arn:aws:rolesanywhere:eu-west-1:123456789012:trust-anchor/01234567-89ab-cdef-0123-456789abcdef","profileArn":"arn:aws:rolesanywhere:eu-west-1:123456789012:profile/01234567-89ab-cdef-0123-456789abcdef","durationSeconds":900},
             "principals":[{"name":"Role","sequenceNumber":1,"roleArn":"arn:aws:iam::123456789012:role/Queue"}]}
            """,
        ["named-credentials"] = """{"name":"MineToo","label":"Mine","url":"https://dynamodb.eu-west-1.amazonaws.com/base","externalCredential":"Own"}""",
        ["certificates"] = """{"name":"Client","label":"x","content":{"value":"no certificate"}}""",
        ["permission-sets"] = """{"name":"Set","callers":["*","local"],"principals":["Own-P"]}""",
        ["profiles"] = """{"name":"Pro","principals":["Own-P"]}""",
        ["callers"] = """{"name":"orders-service","proofs":[{"token":{"value":"0123456789abcdef"}}]}""",
    };

    // Which the entries refer to: of the store here, of a file there.
    private const string Own = """
        {"name":"Own","label":"Own","authenticationProtocol":"AwsSignatureV4","service":"s3","region":"eu-west-1","principals":[{"name":"P","sequenceNumber":1,"accessKey":{"value":"AKIDEXAMPLE000000002"},"accessSecret":{"value":"theSecretOfOwn"}}]}
        """;

    /// <summary>Kind, field, value, and how many rules it breaks.</summary>
    public static TheoryData<string, string, string, int> Cases => new()
    {
        { "external-credentials", "label", "\"x\"", 0 }, { "external-credentials", "label", $"\"{Name80}\"", 0 },
        { "external-credentials", "label", $"\"{Name80}A\"", 1 }, { "external-credentials", "label", "\"\"", 1 }, { "external-credentials", "label", "\"a\\nb\"", 1 }, { "external-credentials", "label", "null", 1 },
        { "external-credentials", "label", "[]", 1 }, { "external-credentials", "label", "{}", 1 },
        { "external-credentials", "name", $"\"{Name80}\"", 0 }, { "external-credentials", "name", "\"a_b1\"", 0 }, { "external-credentials", "name", $"\"{Name80}A\"", 1 },
        { "external-credentials", "name", "\"1a\"", 1 }, { "external-credentials", "name", "\"a__b\"", 1 }, { "external-credentials", "name", "\"a_\"", 1 }, { "external-credentials", "name", "\"a b\"", 1 },
        { "external-credentials", "name", "\"\"", 1 }, { "external-credentials", "name", "null", 1 }, { "external-credentials", "name", "7", 1 }, { "external-credentials", "name", "[\"a\"]", 1 },
        { "external-credentials", "authenticationProtocol", "\"AwsSignatureV4a\"", 0 }, { "external-credentials", "authenticationProtocol", "\"awssignaturev4\"", 1 }, { "external-credentials", "authenticationProtocol", "null", 1 },
        { "external-credentials", "service", "\"execute-api\"", 0 }, { "external-credentials", "service", "\"DynamoDB\"", 1 }, { "external-credentials", "service", "\"\"", 1 }, { "external-credentials", "service", "null", 1 },
        { "external-credentials", "region", "\"us-gov-west-1\"", 0 }, { "external-credentials", "region", "\"us_west\"", 1 }, { "external-credentials", "region", "\"*\"", 1 }, { "external-credentials", "region", "null", 1 },
        { "external-credentials", "awsAccountId", "\"000000000000\"", 0 }, { "external-credentials", "awsAccountId", "null", 0 }, { "external-credentials", "awsAccountId", "\"12345678901\"", 1 }, { "external-credentials", "awsAccountId", "\"1234567890123\"", 1 },
        { "external-credentials", "variant", "\"AccessKey\"", 0 }, { "external-credentials", "variant", "\"Other\"", 1 },
        { "external-credentials", "additionalStatusCodesForTokenRefresh", "[400,499,600,999]", 0 }, { "external-credentials", "additionalStatusCodesForTokenRefresh", "[399]", 1 },
        { "external-credentials", "additionalStatusCodesForTokenRefresh", "[500,599,1000]", 3 }, { "external-credentials", "additionalStatusCodesForTokenRefresh", "[\"419\"]", 1 }, { "external-credentials", "additionalStatusCodesForTokenRefresh", "419", 1 },
        { "external-credentials", "additionalStatusCodesForTokenRefresh", "[4.19e2]", 1 },
        { "external-credentials", "customHeaders", """[{"name":"X-A","value":"v","sequenceNumber":1},{"name":"X-A","value":"w"}]""", 0 }, { "external-credentials", "customHeaders", """[{"name":"Host","value":"v"}]""", 1 },
        { "external-credentials", "customHeaders", """[{"name":"X-Amz-Date","value":"v"},{"name":"Cookie","value":"v"},{"name":"X B","value":"v"}]""", 3 }, { "external-credentials", "customHeaders", """[{"name":"X-A","value":"é"}]""", 1 }, { "external-credentials", "customHeaders", """[{"value":"v"}]""", 1 },
        { "external-credentials", "signing", """{"pathEncoding":"once","normalizePath":"off","contentSha256Header":"on","sessionTokenMode":"after"}""", 0 }, { "external-credentials", "signing", """{"pathEncoding":"thrice"}""", 1 }, { "external-credentials", "signing", "\"x\"", 1 },
        { "external-credentials", "unheardOf", "1", 1 },
        { "external-credentials", "principals", "[]", 0 }, { "external-credentials", "principals", "{}", 1 }, { "external-credentials", "principals", "[1]", 1 },
        { "external-credentials", "principals/0/name", "\"Marketing Group\"", 0 }, { "external-credentials", "principals/0/name", $"\"{Name80}\"", 0 }, { "external-credentials", "principals/0/name", $"\"{Name80}A\"", 1 }, { "external-credentials", "principals/0/name", "\" a\"", 1 },
        { "external-credentials", "principals/0/name", "\"a\\tb\"", 1 }, { "external-credentials", "principals/0/name", "null", 1 },
        { "external-credentials", "principals/0/identityType", "\"NamedPrincipal\"", 0 }, { "external-credentials", "principals/0/identityType", "\"PerUser\"", 1 },
        { "external-credentials", "principals/0/sequenceNumber", "2147483647", 0 }, { "external-credentials", "principals/0/sequenceNumber", "0", 1 }, { "external-credentials", "principals/0/sequenceNumber", "-1", 1 }, { "external-credentials", "principals/0/sequenceNumber", "1.5", 1 },
        { "external-credentials", "principals/0/sequenceNumber", "2147483648", 1 }, { "external-credentials", "principals/0/sequenceNumber", "\"1\"", 1 }, { "external-credentials", "principals/0/sequenceNumber", "null", 1 }, { "external-credentials", "principals/0/sequenceNumber", "true", 1 },
        { "external-credentials", "principals/0/accessKey", """{"value":"ABCDEFGHIJKLMNOP"}""", 0 }, { "external-credentials", "principals/0/accessKey", """{"value":"ABCDEFGHIJKLMNO"}""", 1 }, { "external-credentials", "principals/0/accessKey", """{"value":"ABCDEFGHIJKLMNO-"}""", 1 }, { "external-credentials", "principals/0/accessKey", "null", 0 },
        { "external-credentials", "principals/0/accessKey", """{"value":""}""", 2 }, { "external-credentials", "principals/0/accessKey", "{}", 1 }, { "external-credentials", "principals/0/accessKey", """{"values":"x"}""", 2 },
        { "external-credentials", "principals/0/roleArn", "\"arn:aws:iam::123456789012:role/x\"", 1 },
        { "external-credentials", "principals/1", """{"name":"Writer","sequenceNumber":2}""", 1 }, { "external-credentials", "principals/1", """{"name":"Other","sequenceNumber":1}""", 1 }, { "external-credentials", "principals/1", """{"name":"Other","sequenceNumber":2}""", 0 },
        { "external-credentials sts", "sts/externalId", "\"ab\"", 0 }, { "external-credentials sts", "sts/externalId", "\"a\"", 1 }, { "external-credentials sts", "sts/externalId", "\"a b\"", 1 },
        { "external-credentials sts", "sts/durationSeconds", "900", 0 }, { "external-credentials sts", "sts/durationSeconds", "43200", 0 }, { "external-credentials sts", "sts/durationSeconds", "899", 1 }, { "external-credentials sts", "sts/durationSeconds", "43201", 1 },
        { "external-credentials sts", "sts/region", "\"eu-west-2\"", 0 }, { "external-credentials sts", "sts/region", "\"EU\"", 1 }, { "external-credentials sts", "sts/fipsEndpoint", "true", 0 }, { "external-credentials sts", "sts/fipsEndpoint", "\"true\"", 1 },
        { "external-credentials sts", "sts/source", "\"Somebody\"", 1 }, { "external-credentials sts", "sts/principal", "\"Own-P\"", 1 }, { "external-credentials sts", "sts/accessSecret", "null", 0 },
        { "external-credentials sts", "principals/0/roleArn", "\"arn:aws:iam::210987654321:role/x\"", 1 }, { "external-credentials sts", "principals/0/roleArn", "\"arn:aws:iam::123456789012:user/x\"", 1 }, { "external-credentials sts", "principals/0/roleArn", "null", 0 },
        { "external-credentials sts", "principals/0/accessKey", """{"value":"AKIDEXAMPLE000000001"}""", 1 },
        { "external-credentials anywhere", "rolesAnywhere/durationSeconds", "43200", 0 }, { "external-credentials anywhere", "rolesAnywhere/durationSeconds", "43201", 1 }, { "external-credentials anywhere", "rolesAnywhere/trustAnchorArn", "\"arn:x\"", 1 },
        { "external-credentials anywhere", "rolesAnywhere/profileArn", "\"arn:aws:rolesanywhere:eu-west-2:123456789012:profile/01234567-89ab-cdef-0123-456789abcdef\"", 1 },
        { "named-credentials", "url", "\"https://a.example.com:8443/b/c\"", 0 }, { "named-credentials", "url", "\"http://127.0.0.1:9000\"", 0 }, { "named-credentials", "url", "\"http://a.example.com\"", 1 }, { "named-credentials", "url", "\"https://u:p@a.example.com\"", 1 },
        { "named-credentials", "url", "\"https://a.example.com/?q\"", 1 }, { "named-credentials", "url", "\"https://a.example.com/#f\"", 1 }, { "named-credentials", "url", "\"ftp://a.example.com\"", 1 }, { "named-credentials", "url", "\"no url\"", 1 }, { "named-credentials", "url", "null", 1 },
        { "named-credentials", "externalCredential", "\"own\"", 0 }, { "named-credentials", "externalCredential", "\"Nobody\"", 1 }, { "named-credentials", "externalCredential", "null", 1 },
        { "named-credentials", "enabledForCallouts", "false", 0 }, { "named-credentials", "enabledForCallouts", "\"false\"", 1 }, { "named-credentials", "enabledForCallouts", "0", 1 }, { "named-credentials", "generateAuthorizationHeader", "false", 0 }, { "named-credentials", "generateAuthorizationHeader", "[]", 1 },
        { "named-credentials", "allowMergeFieldsInHeader", "true", 0 }, { "named-credentials", "customHeaders", """[{"name":"Authorization","value":"v"}]""", 1 }, { "named-credentials", "clientCertificate", "\"Nobody\"", 1 },
        { "named-credentials", "listen", "65535", 0 }, { "named-credentials", "listen", "65536", 1 }, { "named-credentials", "listen", "0", 1 }, { "named-credentials", "callerHeaders", """{"remove":["Accept-Language"],"keepAs":[{"name":"Authorization","as":"X-Old"}]}""", 0 },
        { "named-credentials", "callerHeaders", """{"keepAs":[{"name":"A b","as":"Host"}]}""", 2 }, { "named-credentials", "label", "null", 1 },
        { "certificates", "content", """{"value":"no certificate"}""", 1 }, { "certificates", "content", "null", 1 }, { "certificates", "name", "\"a b\"", 2 },
        { "permission-sets", "callers", "[\"jwt:https://issuer.example.com:sub-1\"]", 0 }, { "permission-sets", "callers", "[\"nobody\"]", 1 }, { "permission-sets", "callers", "null", 1 }, { "permission-sets", "callers", "[[1]]", 1 },
        { "permission-sets", "principals", "[\"Own-P\",\"own-P\"]", 0 }, { "permission-sets", "principals", "[\"Own-p\",\"Own\",\"Nobody-P\"]", 3 }, { "permission-sets", "principals", "null", 1 }, { "permission-sets", "label", "\"\"", 1 },
        { "permission-sets", "only", """{"methods":["GET"],"paths":["/a/"]}""", 0 }, { "permission-sets", "only", "{}", 1 }, { "permission-sets", "only", """{"methods":["get"],"paths":["a","/../b"],"namedCredentials":["Nobody"]}""", 4 }, { "permission-sets", "only", """{"operations":["A.B"]}""", 1 },
        { "profiles", "name", "\"a-b\"", 1 }, { "profiles", "principals", "[\"Nobody-P\"]", 1 }, { "profiles", "only", """{"paths":["/a"]}""", 0 },
        { "callers", "name", "\"a:b\"", 1 }, { "callers", "name", "\"*\"", 1 }, { "callers", "profile", "\"Nobody\"", 1 }, { "callers", "proofs", """[{"unixPeer":{"uid":0}}]""", 0 }, { "callers", "proofs", """[{"unixPeer":{"uid":-1}},{"unixPeer":{}}]""", 2 },
        { "callers", "proofs", "[{}]", 1 }, { "callers", "proofs", """[{"token":{"value":"short"}}]""", 1 }, { "callers", "proofs", """[{"jwt":{"issuer":"https://i.example.com"}}]""", 1 }, { "callers", "proofs", """[{"clientCertificate":{"dns":"a","uri":"b"}}]""", 1 },
        { "callers", "proofs", """[{"localSigV4":{"accessKeyId":"LOCALORDERS00001","secret":{"value":"aSecretOfThisPairAlone"}}}]""", 0 }, { "callers", "proofs", """[{"localSigV4":{"accessKeyId":"short"}}]""", 2 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Entry_IsJudgedAlike_ByTheApiAndByAFile(string kind, string field, string value, int faults)
    {
        var entry = With(Good[kind], field, value);
        var path = kind.Split(' ')[0];
        var section = path.Split('-') is [var one, var two] ? $"{one}{char.ToUpperInvariant(two[0])}{two[1..]}" : path;
        var reply = await stage.Api.PostAsync($"/{path}?dryRun=true", entry);
        var sections = section == "externalCredentials" ? $"externalCredentials: [{Own}, {entry}]" : $"externalCredentials: [{Own}]\n{section}: [{entry}]";
        var load = stage.Files.Load(sections);

        Assert.Equal(faults == 0 ? 201 : 422, reply.Status);
        Assert.Equal(
            load.Faults.Select(f => WhereItStands().Replace($"{f.Rule}. {f.Mend}", "")).Order(),
            (reply.Status == 422 ? reply.Json["errors"]!.AsArray() : []).Select(e => $"{(string?)e!["rule"]}. {(string?)e["mend"]}").Order());
        Assert.Equal(faults, load.Faults.Count);
        // Every one points into what was sent; a certificate is judged whole.
        if (faults > 0 && kind != "certificates")
            Assert.All(reply.Json["errors"]!.AsArray(), e => Assert.StartsWith($"/{field.Split('/')[0]}", (string?)e!["pointer"], StringComparison.Ordinal));
    }

    [GeneratedRegex(@" at \S+:\d+")]
    private static partial Regex WhereItStands();

    private static string With(string entry, string field, string value)
    {
        var root = JsonNode.Parse(entry)!;
        var (at, steps) = (root, field.Split('/'));
        foreach (var step in steps[..^1])
            at = at is JsonArray list ? list[int.Parse(step)]! : at[step]!;
        if (at is JsonArray items)
            items.Add(JsonNode.Parse(value));
        else
            at[steps[^1]] = JsonNode.Parse(value);
        return root.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>A store with one entry, which is only ever asked, and a file beside.</summary>
    public sealed class Stage : IAsyncLifetime
    {
        internal ApiHost Api { get; } = new("namedCredentials: []", new SetupTrust { Allowances = new HashSet<SetupAllowance> { SetupAllowance.LocalAddresses } });

        internal CatalogFolder Files { get; } = new();

        public async ValueTask InitializeAsync() => Assert.Equal(201, (await Api.PutAsync("/external-credentials/Own", Own)).Status);

        public ValueTask DisposeAsync()
        {
            Api.Dispose();
            Files.Dispose();
            return default;
        }
    }
}
