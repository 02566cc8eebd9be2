using System.Globalization;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>A proxy before a destination that follows a script, and before one that is down.</summary>
public sealed class OneScript : IAsyncLifetime
{
    internal const string KeyId = "AKIDONESCRIPT000";

    internal ScriptedDestination Destination { get; } = new();

    internal ProxyProcess Proxy { get; private set; } = null!;

    /// <summary>Where HTTP/2 is spoken without TLS.</summary>
    internal Uri Http2 { get; } = new($"http://127.0.0.1:{ProxyProcess.FreePort().ToString(CultureInfo.InvariantCulture)}");

    internal Uri Target => new(Proxy.Address, "/Scripted/x");

    public async ValueTask InitializeAsync() => Proxy = await ProxyProcess.StartAsync(new CatalogText()
        .With("Scripted", Destination.Address, KeyId, Stage.Secret)
        .With("Down", new Uri($"http://127.0.0.1:{ProxyProcess.FreePort().ToString(CultureInfo.InvariantCulture)}"), KeyId, Stage.Secret)
        .ToString(), "--listen", $"h2c:{Http2.Authority}");

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Destination.DisposeAsync();
    }
}
