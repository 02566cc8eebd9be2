using System.Text.RegularExpressions;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Operators;

public sealed partial class OperatorProofTests(OperatorStage stage) : IClassFixture<OperatorStage>
{
    private const string Bearer = $"Authorization: Bearer {OperatorStage.Token}";

    [Theory]
    [InlineData("GET", "/sessions")]
    [InlineData("HEAD", "/sessions")]
    [InlineData("GET", "/sessions/")]
    [InlineData("GET", "/metrics/../sessions")]
    [InlineData("GET", "/health/../sessions")]
    [InlineData("GET", "/health/%2e%2e/sessions")]
    [InlineData("GET", "/Health/live")]
    [InlineData("POST", "/sessions/Assumed-Role%2FOne/refresh")]
    [InlineData("POST", "/sessions/Nobody-Known/refresh")]
    [InlineData("GET", "/nothing/here")]
    [InlineData("GET", "/")]
    public async Task OverTcp_WithoutProof_EveryPathIsAnsweredAlike(string method, string target)
    {
        var before = stage.Aws.Counts;

        var answer = await AskAsync(method, target);

        Assert.Equal(401, answer.Status);
        Assert.Contains("WWW-Authenticate: Bearer", answer.Head, StringComparison.Ordinal);
        var plain = await AskAsync(method, "/known/to/nobody");
        Assert.Equal(TraceId().Replace(plain.Body, ""), TraceId().Replace(answer.Body, ""));
        Assert.DoesNotContain("Assumed", answer.Head + answer.Body, StringComparison.Ordinal);
        Assert.Equal(before, stage.Aws.Counts);
    }

    [Theory]
    [InlineData("Authorization: Bearer the-token-of-the-operator-test")]
    [InlineData("Authorization: Bearer the-token-of-the-operator-testsX")]
    [InlineData("Authorization: Bearer THE-TOKEN-OF-THE-OPERATOR-TESTS")]
    [InlineData("Authorization: Bearer ")]
    [InlineData("Authorization: Basic the-token-of-the-operator-tests")]
    [InlineData("Authorization: the-token-of-the-operator-tests")]
    [InlineData($"{Bearer}\r\n{Bearer}")]
    [InlineData("X-Token: the-token-of-the-operator-tests")]
    public async Task OverTcp_WithAnotherProof_IsRefused(string header)
    {
        var before = stage.Aws.Counts;

        var list = await AskAsync("GET", "/sessions", header);
        var refresh = await AskAsync("POST", "/sessions/Assumed-Role%2FOne/refresh", header);

        Assert.Equal((401, 401), (list.Status, refresh.Status));
        Assert.DoesNotContain("Assumed", list.Body + refresh.Body, StringComparison.Ordinal);
        Assert.Equal(before, stage.Aws.Counts);
    }

    [Fact]
    public async Task OverTcp_WithTheToken_IsServed_AndTellsNoSecret()
    {
        var answer = await AskAsync("GET", "/sessions", Bearer);

        Assert.Equal(200, answer.Status);
        Assert.Contains("\"name\":\"Assumed-Role/One\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("Cache-Control: no-store", answer.Head, StringComparison.Ordinal);
        Assert.DoesNotContain(OperatorStage.KeyId, answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(OperatorStage.Secret, answer.Body, StringComparison.Ordinal);
        Assert.All(stage.Aws.Sessions, session => Assert.DoesNotContain(session.AccessKeyId, answer.Body, StringComparison.Ordinal));
        Assert.DoesNotContain(OperatorStage.Token, stage.Proxy.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("GET", "/sessions/")]
    [InlineData("POST", "/sessions")]
    [InlineData("GET", "/sessions/Assumed-Role%2FOne/refresh")]
    [InlineData("POST", "/sessions/Assumed-Role/One/refresh")]
    [InlineData("POST", "/sessions//refresh")]
    [InlineData("POST", "/sessions/refresh")]
    [InlineData("POST", "/sessions/Assumed-role%2FOne/refresh")]
    public async Task OverTcp_WithTheToken_WhatIsNotThere_IsNotFound(string method, string target)
    {
        var before = stage.Aws.Counts;

        Assert.Equal(404, (await AskAsync(method, target, Bearer)).Status);
        Assert.Equal(before, stage.Aws.Counts);
    }

    [Theory]
    [InlineData("localhost", "Origin: http://localhost:3000", "cross_site")]
    [InlineData("localhost", "Sec-Fetch-Site: cross-site", "cross_site")]
    [InlineData("rebound.example", "X-Other: x", "host_not_allowed")]
    public async Task OverTcp_OfABrowser_IsRefusedWithTheTokenToo(string host, string header, string code)
    {
        var answer = await RawClient.SendAsync(
            stage.Proxy.Operations, $"GET /sessions HTTP/1.1\r\nHost: {host}\r\n{header}\r\n{Bearer}\r\nConnection: close\r\n\r\n");

        Assert.Equal(403, answer.Status);
        Assert.Contains(code, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnAListenerForCallouts_ItIsANameLikeAnyOther()
    {
        stage.Aws.ClearRequests();
        var answer = await RawClient.GetAsync(stage.Proxy.Address, "/sessions", Bearer);

        Assert.Equal(403, answer.Status);
        Assert.Contains("access_denied", answer.Body, StringComparison.Ordinal);
        Assert.Empty(stage.Aws.Requests);
    }

    [Fact]
    public async Task WithoutAToken_NoneProves()
    {
        await using var proxy = await ProxyProcess.StartAsync("namedCredentials: []");

        Assert.Equal(401, (await RawClient.GetAsync(proxy.Operations, "/sessions", "Authorization: Bearer ")).Status);
        Assert.Equal(401, (await RawClient.GetAsync(proxy.Operations, "/sessions", Bearer)).Status);
    }

    [Fact]
    public async Task Token_OfAVariable_Proves()
    {
        await using var proxy = await ProxyProcess.StartAsync(
            "namedCredentials: []", new Launch { Environment = new Dictionary<string, string> { ["OPERATOR_TOKEN"] = OperatorStage.Token } },
            "--set", "SigningProxy:Operator:TokenEnv=OPERATOR_TOKEN");

        Assert.Equal(200, (await RawClient.GetAsync(proxy.Operations, "/sessions", Bearer)).Status);
        Assert.Equal(401, (await RawClient.GetAsync(proxy.Operations, "/sessions", $"{Bearer}X")).Status);
    }

    private Task<RawAnswer> AskAsync(string method, string target, params string[] headers) => RawClient.SendAsync(
        stage.Proxy.Operations, $"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{string.Concat(headers.Select(h => $"{h}\r\n"))}Content-Length: 0\r\nConnection: close\r\n\r\n");

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();
}
