using System.Globalization;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>Sessions of two seconds, one after another, below a load that never pauses.</summary>
[Collection(nameof(RgwServer))]
public sealed class RgwRolloverTests(RgwServer gateway, ITestOutputHelper output)
{
    private const int Connections = 50;
    private const int SessionSeconds = 2;

    [Fact]
    public async Task Sessions_RollingOverUnderLoad_FailNoRequest()
    {
        gateway.Need();
        var role = $"role-{Guid.NewGuid():N}";
        await using var proxy = await ProxyProcess.StartAsync(
            RgwSts.Catalog(gateway, await gateway.CreateRoleAsync(role), $"durationSeconds: {SessionSeconds}"), "--set", "SigningProxy:Sessions:MinimumDurationSeconds=1");
        var asked = gateway.Log.Answers(RgwLog.Queries).Count;
        var duration = TimeSpan.FromSeconds(Seconds());

        var load = await ObjectLoad.RunAsync(proxy, $"{RgwServer.Bucket}/{role}", Connections, duration);
        var sessions = proxy.Count("Obtained a session");

        Figures.Tell(output, $"sessions of {SessionSeconds} s for {duration.TotalSeconds} s: {load.Requests} requests over {Connections} connections, {load.Failures.Count} failed, {sessions} sessions");
        Assert.Empty(load.Failures);
        // None was healed by a second attempt either: the gateway saw each request once, and refused none.
        var answers = await gateway.Log.AnswersAsync($"/{RgwServer.Bucket}/{role}", load.Requests);
        Assert.Equal(load.Requests, answers.Count);
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.InRange(sessions, (int)(duration.TotalSeconds / SessionSeconds), (int)duration.TotalSeconds + 2);
        Assert.Equal(0, proxy.Count("Obtained no session"));
        Assert.InRange(gateway.Log.Answers(RgwLog.Queries).Count - asked, sessions - 1, sessions + 1);
    }

    /// <summary>A minute in CI, and a glimpse elsewhere, unless the environment says otherwise.</summary>
    private static int Seconds() => Environment.GetEnvironmentVariable("SIGNING_PROXY_TEST_LOAD_SECONDS") is { Length: > 0 } seconds
        ? int.Parse(seconds, CultureInfo.InvariantCulture)
        : ThirdPartyServers.IsContinuousIntegration ? 60 : 10;
}
