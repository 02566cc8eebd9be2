using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Secrets;

public sealed class SecretCanaryTests(EverythingHappens stage) : IClassFixture<EverythingHappens>
{
    [Theory]
    [InlineData("log")]
    [InlineData("answers")]
    [InlineData("operations")]
    [InlineData("validate")]
    [InlineData("validate as JSON")]
    [InlineData("refused start")]
    public void Secret_WhateverHappens_IsToldToNobody(string whom)
    {
        Assert.NotEmpty(stage.Told[whom]);
        Assert.Equal([], stage.Planted.ShownIn(stage.Told[whom]));
    }

    // A rule of one provider outranks those of all.
    [Fact]
    public async Task Log_OfOneProviderAtTrace_TellsNoTarget()
    {
        await using var proxy = await ProxyProcess.StartAsync("namedCredentials: []", "--set", "Logging:Console:LogLevel:Default=Trace");
        await RawClient.GetAsync(proxy.Address, $"/Absent/x?X-Amz-Signature={stage.Planted["presigned signature"]}");
        await Wait.UntilAsync(() => proxy.Count("\"Absent\"") > 0, "the call is in the log");

        Assert.Contains("is watched", proxy.Log, StringComparison.Ordinal);
        Assert.Equal([], stage.Planted.ShownIn(proxy.Log));
    }

    // Without this the theory above could hold because nothing happened.
    [Fact]
    public void Calls_EndInEveryWay() => Assert.Equivalent(
        new Dictionary<string, int>
        {
            ["/Whole/x"] = 200,
            ["/Text/x"] = 200,
            ["/Filed/x"] = 200,
            ["/Varied/x"] = 200,
            ["/Own/x"] = 200,
            ["body"] = 200,
            ["/Disabled/x"] = 403,
            ["/Hidden/x"] = 403,
            ["/Absent/x"] = 403,
            ["other site"] = 403,
            ["/Keyless/x"] = 503,
            ["/AsVariable/x"] = 503,
            ["/AsFile/x"] = 503,
            ["/Assumed/x"] = 503,
            ["/Anywhere/x"] = 503,
            ["/Obtained/x"] = 200,
            ["/Ambient/x"] = 200,
            ["/Federated/x"] = 200,
            ["/Certified/x"] = 200,
            ["/Refusing/x"] = 401,
            ["/Garbage/x"] = 502,
            ["/Down/x"] = 502,
            ["/Untrusted/x"] = 502,
            ["/UntrustedToo/x"] = 502,
            ["/Proxied/x"] = 502,
            ["/Whole/../x"] = 400,
            ["/Whole/%"] = 400,
            ["other hash"] = 400,
            ["broken chunks"] = 400,
            ["no HTTP"] = 400,
            ["no request line"] = 400,
        },
        stage.Statuses,
        strict: true);

    [Theory]
    [InlineData("Refused local: there is no named credential \"Absent\"")]
    [InlineData("Refused local: no permission set")]
    [InlineData("Obtained a session for Federated-One")]
    [InlineData("Obtained no session for Assumed-One")]
    [InlineData("Refusing refused the session of a request by 401")]
    [InlineData("A call to Down failed")]
    [InlineData("A call to Untrusted failed")]
    [InlineData("A call to Proxied failed")]
    [InlineData("The changed catalog is not valid")]
    [InlineData("Catalog revision 2 is in use")]
    [InlineData("is watched")]
    public void Log_TellsWhatHappened_DownToDebug(string text) => Assert.Contains(text, stage.Told["log"], StringComparison.Ordinal);

    [Fact]
    public void Secrets_ThatAreMeantForTheDestination_Arrive() => Assert.Superset(
        new HashSet<string>
        {
            "session token", "session token by STS", "session token by web identity", "session token by Roles Anywhere",
            "custom header by value", "custom header as a text", "secret by variable", "caller's own key", "caller's authorization",
        },
        stage.Planted.ShownIn(stage.Arrived).ToHashSet());

    [Fact]
    public void Signatures_AreAmongWhatMustNotShow() => Assert.Contains(stage.Planted.ShownIn(stage.Arrived), place => place.StartsWith("signature ", StringComparison.Ordinal));
}
