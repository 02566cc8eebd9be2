using System.Text.Json;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Operators;

public sealed class SessionsCommandTests(OperatorStage stage) : IClassFixture<OperatorStage>
{
    private const string Name = "Assumed-Role/One";

    [Fact]
    public async Task Sessions_ListsEveryPrincipal()
    {
        var (code, output, error) = await stage.SessionsAsync();

        Assert.Equal((0, ""), (code, error));
        var lines = output.TrimEnd().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Matches(@"^NAME +VARIANT +KEY +EXPIRES +REASON +NEXT +LAST ERROR$", lines[0]);
        Assert.Matches(@"^Assumed-Role/One +AssumeRole +\w{4}\*{4}\w{4} +in (59|60) min +(first|operator|retry) +in \d\d min +-$", lines[1]);
        Assert.Matches(@"^Static-Keyless +AccessKey +- +- +- +- +not configured: accessKey: the environment variable", Assert.Single(lines, l => l.Contains("Keyless", StringComparison.Ordinal)));
        Assert.Matches(@"^Static-Pair +AccessKey +AKID\*{4}S000 +never +first +- +-$", Assert.Single(lines, l => l.Contains("Pair", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Sessions_AsJson_OverTheToken_SaysTheSame()
    {
        var (code, output, _) = await ProxyProcess.RunAsync(
            "sessions", "--operations", stage.Proxy.Operations.Authority, "--token-file", stage.TokenFile, "--output", "json");

        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        var session = Assert.Single(json.RootElement.GetProperty("sessions").EnumerateArray(), s => s.GetProperty("name").GetString() == Name);
        Assert.Equal("Assumed", session.GetProperty("externalCredential").GetString());
        Assert.Equal("Role/One", session.GetProperty("principal").GetString());
        Assert.Equal(7, session.GetProperty("sequenceNumber").GetInt32());
        Assert.InRange(session.GetProperty("secondsToExpiry").GetInt64(), 3500, 3600);
        Assert.True(session.GetProperty("nextAttemptAt").GetDateTimeOffset() < session.GetProperty("expiration").GetDateTimeOffset());
        Assert.True(session.GetProperty("obtainedAt").GetDateTimeOffset() < session.GetProperty("nextAttemptAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Refresh_CallsStsOnce_AndTheNextCallIsSignedWithWhatCame()
    {
        var before = stage.Aws.Counts;

        var (code, output, error) = await stage.SessionsAsync("refresh", Name);

        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"^Assumed-Role/One: the session was obtained anew\. Key \w{4}\*{4}\w{4}, expires in (59|60) min\.\n$", output);
        Assert.Equal(before.AssumeRoleCalls + 1, stage.Aws.Counts.AssumeRoleCalls);
        stage.Aws.ClearRequests();
        await RawClient.GetAsync(stage.Proxy.Address, "/Api/x");
        Assert.Equal(stage.Aws.Sessions[^1].AccessKeyId, Assert.Single(stage.Aws.Requests).AccessKeyId);

        var (_, again, _) = await stage.SessionsAsync("refresh", Name, "--output", "json");

        using var json = JsonDocument.Parse(again);
        Assert.Equal("replaced", json.RootElement.GetProperty("outcome").GetString());
        Assert.Equal("operator", json.RootElement.GetProperty("session").GetProperty("reason").GetString());
        Assert.Equal(before.AssumeRoleCalls + 2, stage.Aws.Counts.AssumeRoleCalls);
    }

    [Fact]
    public async Task Refresh_OfAStaticPair_IsTheSame_AndAsksNobody()
    {
        var before = stage.Aws.Counts.AssumeRoleCalls;

        var (code, output, _) = await stage.SessionsAsync("refresh", "Static-Pair");

        Assert.Equal(0, code);
        Assert.Equal("Static-Pair: the session was obtained, and is the same as before. Key AKID****S000, expires never.\n", output);
        Assert.Equal(before, stage.Aws.Counts.AssumeRoleCalls);
    }

    [Fact]
    public async Task Refresh_ThatStsRefuses_TellsItsWords_AndTheListShowsThem_AndCallsGoOn()
    {
        stage.Aws.Fail(LocalTarget.Sts, new LocalFault(403, "AccessDenied", "not today"), times: 1);

        var (code, output, error) = await stage.SessionsAsync("refresh", Name);

        Assert.Equal((1, ""), (code, output));
        Assert.Matches(@"^signing-proxy: STS at http://127\.0\.0\.1:\d+/ refused with 403 AccessDenied: not today .+\n$", error);
        Assert.Equal(200, (await RawClient.GetAsync(stage.Proxy.Address, "/Api/x")).Status);
        // Until the retry, half a second from now at the earliest, has succeeded.
        var ready = await RawClient.GetAsync(stage.Proxy.Operations, "/health/ready");
        Assert.Equal(200, ready.Status);
        Assert.Contains("\"total\":2,\"obtained\":2", ready.Body, StringComparison.Ordinal);
        await Wait.UntilAsync(async () => (await stage.SessionsAsync()).Output.Split('\n')[1].Contains(" retry ", StringComparison.Ordinal), "the retry has succeeded");
        Assert.EndsWith(" -", (await stage.SessionsAsync()).Output.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_OfARoleThatStsRefuses_SayWhy()
    {
        await using var aws = await LocalAwsServer.StartAsync(new LocalAwsOptions(), TestContext.Current.CancellationToken);
        await using var proxy = await ProxyProcess.StartAsync(OperatorStage.Catalog(aws.Address));
        await Wait.UntilAsync(() => proxy.Count("Obtained no session for Assumed-Role/One") > 0, "STS has refused");

        var (code, output, _) = await ProxyProcess.RunAsync("sessions", "--operator", $"unix:{proxy.OperatorSocket}");
        var ready = await RawClient.GetAsync(proxy.Operations, "/health/ready");

        Assert.Equal(0, code);
        Assert.Matches(@"\nAssumed-Role/One +AssumeRole +- +- +- +in \d+ s +\d+ s ago: STS at \S+ refused with 403 InvalidClientTokenId: ", output);
        Assert.Equal(200, ready.Status);
        Assert.Contains("\"sessions\":{\"total\":2,\"obtained\":1,\"failing\":1}", ready.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Assumed", ready.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nobody-Known", "The catalog has no principal \"Nobody-Known\"")]
    [InlineData("Assumed", "The catalog has no principal \"Assumed\"")]
    [InlineData("Static-Keyless", "It lacks accessKey: the environment variable")]
    public async Task Refresh_OfWhatCannotBe_SaysWhy(string name, string told)
    {
        var (code, output, error) = await stage.SessionsAsync("refresh", name);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_WhereNothingAnswers_OrTheTokenIsWrong_IsOne()
    {
        var wrong = Path.Combine(stage.Proxy.Folder, "wrong-token");
        await File.WriteAllTextAsync(wrong, "another-token-than-that", TestContext.Current.CancellationToken);

        var nobody = await ProxyProcess.RunAsync("sessions", "--operator", $"unix:{stage.Proxy.Folder}/nobody");
        var refused = await ProxyProcess.RunAsync("sessions", "--operations", stage.Proxy.Operations.Authority, "--token-file", wrong);
        var missing = await ProxyProcess.RunAsync("sessions", "--operations", stage.Proxy.Operations.Authority, "--token-file", $"{wrong}-not-there");

        Assert.Equal((1, 1, 1), (nobody.ExitCode, refused.ExitCode, missing.ExitCode));
        Assert.Contains($"nothing answers at unix:{stage.Proxy.Folder}/nobody", nobody.Error, StringComparison.Ordinal);
        Assert.Contains("send the token that SigningProxy:Operator names", refused.Error, StringComparison.Ordinal);
        Assert.Contains("cannot be read", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_TellEndsAndReasons_AndNameNoPrincipal()
    {
        await stage.SessionsAsync("refresh", Name);

        var metrics = (await RawClient.GetAsync(stage.Proxy.Operations, "/metrics")).Body;

        Assert.Matches(@"\nsigning_proxy_session_expiry_seconds\{[^}]*external_credential=""Assumed"",sequence_number=""7""\} 3[56]\d\d", metrics);
        Assert.DoesNotMatch(@"session_expiry_seconds\{[^}]*Static", metrics);
        Assert.Matches(
            @"\nsigning_proxy_session_fetch_duration_seconds_count\{[^}]*external_credential=""Assumed"",outcome=""obtained"",reason=""operator"",variant=""AssumeRole""\} [1-9]",
            metrics);
        Assert.DoesNotContain("Role/One", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("role/Seen", metrics, StringComparison.Ordinal);
        Assert.All(stage.Aws.Sessions, session => Assert.DoesNotContain(session.AccessKeyId, metrics, StringComparison.Ordinal));
    }
}
