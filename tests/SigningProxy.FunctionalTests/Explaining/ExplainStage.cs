using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Explaining;

/// <summary>A proxy, and behind it a destination that keeps what really comes, to hold explanations against.</summary>
public sealed class ExplainStage : IAsyncLifetime
{
    internal const string TeamSecret = "the-team-secret";

    private readonly CannedDestination _destination = new("HTTP/1.1 200 OK");

    internal ProxyProcess Proxy { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Proxy = await ProxyProcess.StartAsync(new CatalogText()
        .With("Echo", new Uri(_destination.Address, "/base"), "AKIDEXPLAINEXAMPLE01", Explain.Secret, "execute-api",
            fields: [$"customHeaders: [{{name: X-Team, value: {{value: {TeamSecret}}}, sequenceNumber: 1}}]", "callerHeaders: {remove: [X-Gone], keepAs: [{name: X-Kept, as: X-Own}]}"])
        .With("Regions", _destination.Address, "AKIDEXPLAINEXAMPLE01", Explain.Secret, regionSet: "eu-*,us-east-1")
        .With("Files", _destination.Address, "AKIDEXPLAINEXAMPLE01", Explain.Secret, "s3", sessionToken: "a-session-token-of-the-catalog")
        .ToString());

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await _destination.DisposeAsync();
    }

    /// <summary>Sends a request by the proxy and tells the head of what reached the destination.</summary>
    internal async Task<string> SentAsync(string request)
    {
        _destination.Heads.Clear();
        await RawClient.SendAsync(Proxy.Address, request);
        return Assert.Single(_destination.Heads);
    }
}
