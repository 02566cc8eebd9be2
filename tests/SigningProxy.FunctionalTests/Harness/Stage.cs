using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>A destination that checks signatures and the proxy before it, shared by the tests of a class.</summary>
public abstract class Stage : IAsyncLifetime
{
    internal const string Secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";

    internal LocalAwsServer Aws { get; private set; } = null!;

    internal ProxyProcess Proxy { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Keys = [.. KeyIds.Select(id => new LocalKey(id, Secret))] });
        Proxy = await ProxyProcess.StartAsync(Catalog(Aws.Address), Arguments);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Aws.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The keys that the destination believes, all with <see cref="Secret"/>.</summary>
    private protected abstract IReadOnlyList<string> KeyIds { get; }

    private protected virtual string[] Arguments => [];

    private protected abstract string Catalog(Uri aws);

    /// <summary>Sends a GET and tells the answer with all that reached the destination meanwhile.</summary>
    internal Task<(RawAnswer Answer, IReadOnlyList<SeenRequest> Arrived)> GetAsync(string target, params string[] headerLines) =>
        ArrivedAsync(() => RawClient.GetAsync(Proxy.Address, target, headerLines));

    internal Task<(RawAnswer Answer, IReadOnlyList<SeenRequest> Arrived)> SendAsync(string text) =>
        ArrivedAsync(() => RawClient.SendAsync(Proxy.Address, text));

    internal async Task<(RawAnswer Answer, IReadOnlyList<SeenRequest> Arrived)> ArrivedAsync(Func<Task<RawAnswer>> exchange)
    {
        Aws.ClearRequests();
        var answer = await exchange();
        return (answer, Aws.Requests);
    }
}
