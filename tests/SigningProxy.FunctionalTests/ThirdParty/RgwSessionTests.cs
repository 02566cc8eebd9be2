using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>Sessions that another's STS gave out, and that another's S3 takes or refuses.</summary>
[Collection(nameof(RgwServer))]
public sealed class RgwSessionTests(RgwServer gateway)
{
    private readonly string _role = $"role-{Guid.NewGuid():N}";

    [Fact]
    public async Task AssumedRole_OfOddKeys_WritesAndReadsObjectsOfItsBucketAlone()
    {
        gateway.Need();
        await using var proxy = await ProxyProcess.StartAsync(Catalog(await gateway.CreateRoleAsync(_role), "durationSeconds: 900"));
        foreach (var key in RgwObjectTests.Keys.Select(row => row.Data))
        {
            Assert.Equal(200, (await SendAsync(proxy, "PUT", $"{_role}/{key}", key)).Status);
            var read = await SendAsync(proxy, "GET", $"{_role}/{key}");
            Assert.Equal((200, key), (read.Status, read.Body));
        }
        await proxy.WritesAsync("Obtained a session");
        Assert.Equal(1, proxy.Count("Obtained a session"));

        // What the user itself may do, the role may not: the session is the role's.
        var other = $"bucket-{Guid.NewGuid():N}";
        Assert.Equal(200, (await RawClient.SendAsync(gateway.Proxy.Address, Request("PUT", $"/Objects/{other}", ""))).Status);
        Assert.Equal(403, (await RawClient.SendAsync(proxy.Address, Request("PUT", $"/Objects/{other}/x", "a body"))).Status);
    }

    [Fact]
    public async Task Session_WhenItHasEndedAndNothingRefreshesIt_IsFetchedBeforeSigning()
    {
        gateway.Need();
        await using var proxy = await ProxyProcess.StartAsync(
            Catalog(await gateway.CreateRoleAsync(_role), "durationSeconds: 2"),
            "--set", "SigningProxy:Sessions:MinimumDurationSeconds=1", "--set", "SigningProxy:Sessions:BackgroundRefresh=Off");
        var load = await ObjectLoad.RunAsync(proxy, $"{RgwServer.Bucket}/{_role}", connections: 4, TimeSpan.FromSeconds(8));

        Assert.Empty(load.Failures);
        Assert.All(await gateway.Log.AnswersAsync($"/{RgwServer.Bucket}/{_role}", load.Requests), answer => Assert.Equal(200, answer.Status));
        Assert.InRange(proxy.Count("reason Ended"), 3, 5);
        Assert.Equal(0, proxy.Count("reason Due"));
    }

    [Fact]
    public async Task Session_WhenItHasEndedAtTheGateway_IsRefusedThere()
    {
        // What the test above stands on: an ended session that were sent after all would be seen.
        gateway.Need();
        var role = await gateway.CreateRoleAsync(_role);
        var session = await RgwSts.AssumeAsync(gateway, role, TimeSpan.FromSeconds(6));
        await using var proxy = await ProxyProcess.StartAsync(
            new CatalogText().With("Objects", gateway.Address, session.AccessKeyId, session.SecretAccessKey, "s3", sessionToken: session.SessionToken).ToString());
        Assert.Equal(200, (await SendAsync(proxy, "PUT", $"{_role}/x", "a body")).Status);
        var status = 200;
        await Wait.UntilAsync(async () => (status = (await SendAsync(proxy, "GET", $"{_role}/x")).Status) != 200, "the session ends");
        Assert.Equal(403, status);
        Assert.True(TimeProvider.System.GetUtcNow() >= session.Expiration);
    }

    [Fact]
    public async Task Session_RefusedWithAListed403_IsHealedByOneReplay()
    {
        gateway.Need();
        await using var proxy = await ProxyProcess.StartAsync(Catalog(await gateway.CreateRoleAsync(_role), "durationSeconds: 900", "additionalStatusCodesForTokenRefresh: [403]"));
        Assert.Equal(200, (await SendAsync(proxy, "PUT", $"{_role}/before", "a body")).Status);
        await ReplaceRoleAsync();

        var healed = await SendAsync(proxy, "PUT", $"{_role}/after", "another body");

        Assert.Equal(200, healed.Status);
        Assert.Contains("X-SigningProxy-Replay: replayed", healed.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([403, 200], (await gateway.Log.AnswersAsync($"/{RgwServer.Bucket}/{_role}/after", 2)).Select(a => a.Status));
        await proxy.WritesAsync("reason ListedStatus");
        Assert.Equal((1, 1), (proxy.Count("; reason First"), proxy.Count("; reason ListedStatus")));
        var read = await SendAsync(proxy, "GET", $"{_role}/after");
        Assert.Equal((200, "another body"), (read.Status, read.Body));
        Assert.DoesNotContain("X-SigningProxy-Replay", read.Head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Session_RefusedWithA403ThatIsNotListed_IsNotReplayed()
    {
        gateway.Need();
        await using var proxy = await ProxyProcess.StartAsync(Catalog(await gateway.CreateRoleAsync(_role), "durationSeconds: 900"));
        Assert.Equal(200, (await SendAsync(proxy, "PUT", $"{_role}/before", "a body")).Status);
        await ReplaceRoleAsync();

        Assert.Equal(403, (await SendAsync(proxy, "PUT", $"{_role}/after", "another body")).Status);
        Assert.Equal([403], (await gateway.Log.AnswersAsync($"/{RgwServer.Bucket}/{_role}/after", 1)).Select(a => a.Status));
        await proxy.WritesAsync("Obtained a session");
        Assert.Equal(1, proxy.Count("Obtained a session"));
    }

    [Fact]
    public async Task WrongSecret_WhenStsRefusesIt_IsAProblemForTheCallerAndToldInTheLog()
    {
        gateway.Need();
        await using var proxy = await ProxyProcess.StartAsync(Catalog(await gateway.CreateRoleAsync(_role), "durationSeconds: 900", secret: "not-the-secret"));

        var answer = await SendAsync(proxy, "PUT", $"{_role}/x", "a body");

        Assert.Equal(503, answer.Status);
        Assert.Contains("application/problem+json", answer.Head, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"session_unavailable\"", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("AccessDenied", answer.Body, StringComparison.Ordinal);
        await proxy.WritesAsync($"STS at {gateway.Address} refused with 403 AccessDenied");
        Assert.Equal(404, (await RawClient.SendAsync(gateway.Proxy.Address, Request("GET", $"/Objects/{RgwServer.Bucket}/{_role}/x", ""))).Status);
        // The gateway has logged the request that came last, and with it all before.
        Assert.Equal([404], (await gateway.Log.AnswersAsync($"/{RgwServer.Bucket}/{_role}", 1)).Select(a => a.Status));
    }

    private async Task ReplaceRoleAsync()
    {
        await gateway.DeleteRoleAsync(_role);
        await gateway.CreateRoleAsync(_role);
    }

    private string Catalog(string role, string sts, string external = "", string? secret = null) => RgwSts.Catalog(gateway, role, sts, external, secret);

    private static Task<RawAnswer> SendAsync(ProxyProcess proxy, string method, string key, string body = "") =>
        RawClient.SendAsync(proxy.Address, Request(method, $"/Objects/{RgwServer.Bucket}/{key}", body));

    private static string Request(string method, string target, string body) =>
        $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
}
