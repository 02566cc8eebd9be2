using System.Text.Json;
using System.Xml.Linq;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class RefusalFormTests(RefusalFormTests.NothingGoesOut stage) : IClassFixture<RefusalFormTests.NothingGoesOut>
{
    private const string KeyId = "AKIDREFUSAL00000";

    public sealed class NothingGoesOut : Stage
    {
        private protected override IReadOnlyList<string> KeyIds => [KeyId];

        private protected override string Catalog(Uri aws) => $$"""
            externalCredentials:
              - name: Whole
                label: Whole
                authenticationProtocol: AwsSignatureV4
                service: execute-api
                region: eu-west-1
                variant: AccessKey
                principals:
                  - name: One
                    sequenceNumber: 1
                    accessKey: {value: {{KeyId}}}
                    accessSecret: {value: {{Secret}}}
              - name: Keyless
                label: Keyless
                authenticationProtocol: AwsSignatureV4
                service: execute-api
                region: eu-west-1
                variant: AccessKey
                principals:
                  - name: First
                    sequenceNumber: 1
                  - name: Second
                    sequenceNumber: 2
                    accessKey: {value: {{KeyId}}}
                    accessSecret: {value: {{Secret}}}
            namedCredentials:
              - {name: Disabled, label: Disabled, url: "{{aws}}", externalCredential: Whole, enabledForCallouts: false}
              - {name: Keyless, label: Keyless, url: "{{aws}}", externalCredential: Keyless}
            permissionSets:
              - name: Everyone
                callers: ["*"]
                principals: [Whole-One, Keyless-First, Keyless-Second]

            """;
    }

    [Theory]
    [InlineData("/Absent/x", 403, "access_denied", "AccessDeniedException")]
    [InlineData("/Disabled/x", 403, "callouts_disabled", "AccessDeniedException")]
    [InlineData("/Keyless/x", 503, "principal_not_configured", "ServiceUnavailableException")]
    [InlineData("/Disabled/../x", 400, "path_climbs", "ValidationException")]
    [InlineData("/Disabled/%", 400, "target_malformed", "ValidationException")]
    public async Task Refusal_IsProblemDetailsThatAnSdkReads(string target, int status, string code, string errorType)
    {
        var (answer, arrived) = await stage.GetAsync(target);

        Assert.Equal(status, answer.Status);
        Assert.Contains("Content-Type: application/problem+json", answer.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"x-amzn-errortype: {errorType}", answer.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Cache-Control: no-store", answer.Head, StringComparison.OrdinalIgnoreCase);
        using var problem = JsonDocument.Parse(answer.Body);
        var root = problem.RootElement;
        Assert.Equal(["type", "title", "status", "detail", "code", "traceId", "__type", "message"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal(status, root.GetProperty("status").GetInt32());
        Assert.Equal($"urn:signing-proxy:{code}", Text("type"));
        Assert.Equal(code, Text("code"));
        Assert.Equal(errorType, Text("__type"));
        Assert.Equal(Text("detail"), Text("message"));
        Assert.NotEmpty(Text("title"));
        Assert.NotEmpty(Text("traceId"));
        Assert.Empty(arrived);

        string Text(string name) => root.GetProperty(name).GetString()!;
    }

    [Theory]
    [InlineData("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "^0af7651916cd43dd8448eb211c80319c$")]
    [InlineData("traceparent: 00-nonsense-01", "^[0-9a-f]{32}$")]
    [InlineData("X-App: 1", "^[0-9a-f]{32}$")]
    public async Task Refusal_TellsTheTraceThatTheCallerIsIn(string header, string traceId)
    {
        var (answer, arrived) = await stage.GetAsync("/Absent/x", header);

        using var problem = JsonDocument.Parse(answer.Body);
        Assert.Matches(traceId, problem.RootElement.GetProperty("traceId").GetString());
        Assert.Empty(arrived);
    }

    [Fact]
    public async Task Denied_SaysBothThatMayBe()
    {
        var (answer, _) = await stage.GetAsync("/Absent/x");

        using var problem = JsonDocument.Parse(answer.Body);
        Assert.Equal(
            """The callout couldn't access the endpoint. The caller might not have the required permissions, or the named credential "Absent" might not exist.""",
            problem.RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public async Task NotConfigured_SaysWhatIsMissing_AndNeverFallsToTheNextPrincipal()
    {
        var (answer, arrived) = await stage.GetAsync("/Keyless/x");

        Assert.Equal(503, answer.Status);
        Assert.Contains("First", answer.Body, StringComparison.Ordinal);
        Assert.Contains("accessKey", answer.Body, StringComparison.Ordinal);
        Assert.Empty(arrived);
    }

    [Theory]
    [InlineData("Content-Type: application/x-www-form-urlencoded; charset=utf-8")]
    [InlineData("Accept: application/xml")]
    [InlineData("Accept: text/xml, */*;q=0.1")]
    [InlineData("User-Agent: aws-sdk-js/3.600.0 ua/2.0 os/linux lang/js api/s3#3.600.0")]
    [InlineData("User-Agent: aws-cli/2.17.0 md/awscrt command/s3.cp")]
    public async Task Refusal_ToAnXmlClient_IsXml(string header)
    {
        var (answer, arrived) = await stage.GetAsync("/Absent<&/x", header);

        Assert.Equal(403, answer.Status);
        Assert.Contains("Content-Type: text/xml", answer.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("x-amzn-errortype: AccessDeniedException", answer.Head, StringComparison.OrdinalIgnoreCase);
        var root = XDocument.Parse(answer.Body).Root!;
        Assert.Equal("ErrorResponse", root.Name.LocalName);
        var error = root.Element("Error")!;
        Assert.Equal("AccessDeniedException", error.Element("Code")!.Value);
        Assert.Contains("\"Absent<&\" might not exist", error.Element("Message")!.Value, StringComparison.Ordinal);
        Assert.Equal("access_denied", error.Element("ProxyCode")!.Value);
        Assert.NotEmpty(root.Element("RequestId")!.Value);
        Assert.Empty(arrived);
    }

    [Theory]
    [InlineData("Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")]
    [InlineData("Accept: application/json, application/xml")]
    [InlineData("User-Agent: aws-sdk-js/3.600.0 api/dynamodb#3.600.0")]
    public async Task Refusal_ToAnyoneElse_IsJson(string header)
    {
        var (answer, _) = await stage.GetAsync("/Absent/x", header);

        Assert.Contains("Content-Type: application/problem+json", answer.Head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Refusal_OfHead_HasTheHeadersAlone()
    {
        var (answer, arrived) = await stage.SendAsync("HEAD /Absent/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.Equal(403, answer.Status);
        Assert.Contains("x-amzn-errortype: AccessDeniedException", answer.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(answer.Body);
        Assert.Empty(arrived);
    }
}
