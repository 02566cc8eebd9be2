using System.Net.Http.Headers;
using System.Xml.Linq;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>moto, which verifies signatures and IAM's policies, with one user that may assume one role, and only with the right external ID.</summary>
public sealed class MotoServer : ThirdPartyServers
{
    internal const string ExternalId = "ext-of-the-tests";
    internal const string Role = "arn:aws:iam::123456789012:role/target";

    private ServerProcess? _moto;

    internal Uri Address => new(_moto!["address"]);

    internal string AccessKeyId { get; private set; } = "";

    internal string Secret { get; private set; } = "";

    /// <summary>A line for each request that reached it.</summary>
    internal string Log => _moto!.Log;

    public override async ValueTask DisposeAsync()
    {
        if (_moto is not null)
            await _moto.DisposeAsync();
    }

    protected override async Task StartAsync()
    {
        _moto = await ServerProcess.StartAsync(["python3", Below("tests", "servers", "serve_moto.py")], ("PYTHONPATH", Below("artifacts", "python")));
        using var client = new HttpClient { BaseAddress = Address };
        await IamAsync(client, "CreateUser", ("UserName", "proxy"));
        var key = await IamAsync(client, "CreateAccessKey", ("UserName", "proxy"));
        (AccessKeyId, Secret) = (Value(key, "AccessKeyId"), Value(key, "SecretAccessKey"));
        await IamAsync(client, "PutUserPolicy", ("UserName", "proxy"), ("PolicyName", "all"), ("PolicyDocument", Allow("\"sts:AssumeRole\"")));
        await IamAsync(client, "CreateRole", ("RoleName", "target"), ("AssumeRolePolicyDocument",
            $$"""
            {
              "Version": "2012-10-17",
              "Statement": [{
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::123456789012:user/proxy"},
                "Action": "sts:AssumeRole",
                "Condition": {"StringEquals": {"sts:ExternalId": "{{ExternalId}}"} }
              }]
            }
            """));
        await IamAsync(client, "PutRolePolicy", ("RoleName", "target"), ("PolicyName", "some"), ("PolicyDocument", Allow("\"s3:CreateBucket\", \"dynamodb:ListTables\"")));
        // From now on it believes nobody.
        using var enforced = await client.PostAsync(new Uri("/moto-api/reset-auth", UriKind.Relative), new StringContent("0"));
        enforced.EnsureSuccessStatusCode();
    }

    /// <summary>A catalog with the named credential Target, signed with a session of the role.</summary>
    internal string Catalog(string service, string externalId) =>
        $$"""
        externalCredentials:
          - name: Role
            label: Role
            authenticationProtocol: AwsSignatureV4
            service: {{service}}
            region: us-east-1
            variant: AssumeRole
            sts: {accessKey: {value: {{AccessKeyId}}}, accessSecret: {value: {{Secret}}}, endpoint: "{{Address}}", externalId: {{externalId}}}
            principals:
              - {name: One, sequenceNumber: 1, roleArn: "{{Role}}"}
        namedCredentials:
          - {name: Target, label: Target, url: "{{Address}}", externalCredential: Role}
        permissionSets:
          - {name: Everyone, callers: ["*"], principals: [Role-One]}

        """;

    /// <summary>The same named credential, signed with keys.</summary>
    internal string KeyCatalog(string service, string secret) => new CatalogText().With("Target", Address, AccessKeyId, secret, service).ToString();

    private static string Allow(string actions) => $$"""{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": [{{actions}}], "Resource": "*"}]}""";

    private static async Task<XDocument> IamAsync(HttpClient client, string action, params (string Name, string Value)[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new FormUrlEncodedContent([new("Action", action), new("Version", "2010-05-08"), .. parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))]),
        };
        // It reads the service out of the scope, and nothing else yet.
        request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256", "Credential=x/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=x");
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? XDocument.Parse(text) : throw new InvalidOperationException($"{action}: {(int)answer.StatusCode} {text}");
    }

    private static string Value(XDocument document, string name) => document.Descendants().Single(e => e.Name.LocalName == name).Value;
}
