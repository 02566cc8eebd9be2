using System.Net;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.LocalAws;

namespace SigningProxy.Tests.LocalAws;

/// <summary>A stand-in on a free port with one key and a clock of its own.</summary>
public sealed class RunningLocalAws : IAsyncLifetime
{
    internal static readonly LocalKey Key = new("AKIDTESTS", "a-made-up-secret/+");

    private readonly HttpClient _client = new(new SocketsHttpHandler { ActivityHeadersPropagator = null, AutomaticDecompression = DecompressionMethods.None });

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 2, 28, 23, 59, 30, TimeSpan.Zero));

    internal LocalAwsServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await LocalAwsServer.StartAsync(
        new() { Keys = [Key], TimeProvider = Time }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
    }

    internal SdkSigner Signer(string service) => new(Server.Address, Key, service, Time);

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request, TestContext.Current.CancellationToken);

    /// <summary>Sends an unsigned request to a target exactly as written.</summary>
    internal Task<HttpResponseMessage> SendAsync(string method, string target) => SendAsync(new HttpRequestMessage(
        new HttpMethod(method), new Uri(Server.Address.AbsoluteUri.TrimEnd('/') + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })));
}
