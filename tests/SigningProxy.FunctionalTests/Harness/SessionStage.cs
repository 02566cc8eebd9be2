using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>A stand-in that gives out sessions and takes them, with the proxy before it. Sessions are fetched when a call needs them, unless a setting says otherwise.</summary>
internal sealed class SessionStage : IAsyncDisposable
{
    /// <summary>Nothing is refreshed before a call needs it: what is counted is then what calls made.</summary>
    public const string CallsAlone = "BackgroundRefresh=Off";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private SessionStage(LocalAwsServer aws, ProxyProcess proxy)
    {
        (Aws, Proxy) = (aws, proxy);
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null, Expect100ContinueTimeout = Patience }) { BaseAddress = proxy.Address, Timeout = Patience };
    }

    public LocalAwsServer Aws { get; }

    public ProxyProcess Proxy { get; }

    public HttpClient Client { get; }

    /// <summary>What the stand-in believes; sessions of a second may be asked for.</summary>
    /// <param name="roles">The roles; <see cref="SessionCatalog.Role"/> when null.</param>
    /// <param name="keys">Keys beside that of <see cref="SessionCatalog.Asker"/>.</param>
    /// <param name="issuers">Whose web identity tokens it takes.</param>
    public static LocalAwsOptions Believing(
        IReadOnlyList<LocalRole>? roles = null, IReadOnlyList<LocalKey>? keys = null, IReadOnlyList<LocalTokenIssuer>? issuers = null) => new()
        {
            Keys = [SessionCatalog.Asker, .. keys ?? []],
            Roles = roles ?? [new(SessionCatalog.Role)],
            TokenIssuers = issuers ?? [],
            MinimumDuration = TimeSpan.FromSeconds(1),
        };

    /// <param name="catalog">Writes the catalog, given where the stand-in is.</param>
    /// <param name="settings">Of the section <c>SigningProxy:Sessions</c>, each <c>Name=value</c>.</param>
    public static Task<SessionStage> StartAsync(Func<Uri, SessionCatalog> catalog, params string[] settings) => StartAsync(Believing(), catalog, new Launch(), settings);

    public static async Task<SessionStage> StartAsync(LocalAwsOptions options, Func<Uri, SessionCatalog> catalog, Launch launch, params string[] settings)
    {
        var aws = await LocalAwsServer.StartAsync(options, TestContext.Current.CancellationToken);
        try
        {
            var arguments = ((string[])["MinimumDurationSeconds=1", "Startup=Lazy", .. settings]).SelectMany(s => (string[])["--set", $"SigningProxy:Sessions:{s}"]);
            return new SessionStage(aws, await ProxyProcess.StartAsync(catalog(aws.Address).ToString(), launch, [.. arguments]));
        }
        catch
        {
            await aws.DisposeAsync();
            throw;
        }
    }

    public Task<SessionAnswer> GetAsync(string target) => SendAsync(new HttpRequestMessage(HttpMethod.Get, target));

    public async Task<SessionAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
            return new SessionAnswer((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))
            {
                Replay = answer.Headers.TryGetValues("X-SigningProxy-Replay", out var replay) ? Assert.Single(replay) : null,
                VerifiedKey = answer.Headers.TryGetValues("x-local-aws-verified", out var verified) ? Assert.Single(verified) : null,
                RetryAfter = answer.Headers.RetryAfter?.Delta,
                Head = $"{answer.Headers}{answer.Content.Headers}",
            };
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Proxy.DisposeAsync();
        await Aws.DisposeAsync();
    }
}
