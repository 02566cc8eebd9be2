using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.LocalAws;

namespace SigningProxy.Tests.LocalAws;

/// <summary>A stand-in of a test's own that gives out sessions. Its clock starts now, for the SDK signs with the machine's.</summary>
internal sealed class SessionStage : IAsyncDisposable
{
    public const string Role = "arn:aws:iam::111122223333:role/path/example";
    public const string ExternalRole = "arn:aws:iam::111122223333:role/external";

    public static readonly LocalKey Key = new("AKIDTESTS", "a-made-up-secret/+");

    private readonly HttpClient _client = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });

    private SessionStage(LocalAwsServer server, FakeTimeProvider time) => (Server, Time) = (server, time);

    public FakeTimeProvider Time { get; }

    public LocalAwsServer Server { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SessionStage> StartAsync(
        double minimumSeconds = 900,
        IReadOnlyList<LocalRole>? roles = null,
        IReadOnlyList<LocalTokenIssuer>? issuers = null,
        IReadOnlyList<LocalTrustAnchor>? anchors = null,
        IReadOnlyList<LocalProfile>? profiles = null,
        DateTimeOffset? now = null)
    {
        var time = new FakeTimeProvider(now ?? TimeProvider.System.GetUtcNow());
        var options = new LocalAwsOptions
        {
            Keys = [Key],
            TimeProvider = time,
            MinimumDuration = TimeSpan.FromSeconds(minimumSeconds),
            Roles = roles ?? [new(Role), new(ExternalRole, "right-id")],
            TokenIssuers = issuers ?? [],
            TrustAnchors = anchors ?? [],
            Profiles = profiles ?? [],
        };
        return new(await LocalAwsServer.StartAsync(options, Cancellation), time);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>The SDK's own client with a key; anonymous without.</summary>
    public AmazonSecurityTokenServiceClient Sts(LocalKey? key) => new(
        key switch
        {
            null => new AnonymousAWSCredentials(),
            { SessionToken: { } token } => new SessionAWSCredentials(key.AccessKeyId, key.Secret, token),
            _ => new BasicAWSCredentials(key.AccessKeyId, key.Secret),
        },
        new AmazonSecurityTokenServiceConfig
        {
            ServiceURL = Server.Address.AbsoluteUri,
            AuthenticationRegion = "eu-west-1",
            MaxErrorRetry = 0,
            IgnoreConfiguredEndpointUrls = true,
        });

    public async Task<Credentials> AssumeRoleAsync(
        string role = Role, string? externalId = null, int? seconds = null, LocalKey? key = null, string name = "tests")
    {
        using var sts = Sts(key ?? Key);
        var request = new AssumeRoleRequest { RoleArn = role, RoleSessionName = name, ExternalId = externalId, DurationSeconds = seconds };
        return (await sts.AssumeRoleAsync(request, Cancellation)).Credentials;
    }

    /// <summary>A session of the default role, as a key to sign with.</summary>
    public async Task<LocalKey> SessionAsync(int? seconds = null) => Signing(await AssumeRoleAsync(seconds: seconds));

    public static LocalKey Signing(Credentials session) => new(session.AccessKeyId, session.SecretAccessKey, session.SessionToken);

    public HttpRequestMessage Signed(LocalKey key, string service, string method = "GET", string path = "", byte[]? body = null) =>
        new SdkSigner(Server.Address, key, service, Time).Request(method, path, body);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request, Cancellation);

    /// <summary>Sends a request to an endpoint of the stand-in itself, and tells its answer.</summary>
    public async Task<(int Status, string Text)> LocalAsync(string method, string target)
    {
        using var response = await SendAsync(new(new HttpMethod(method), new Uri(Server.Address, "_local/" + target)));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Sends a request, and tells status, error type header and body.</summary>
    public async Task<(int Status, string? ErrorType, string Text)> AskAsync(HttpRequestMessage request)
    {
        using var response = await SendAsync(request);
        var errorType = response.Headers.TryGetValues("x-amzn-errortype", out var values) ? Assert.Single(values) : null;
        return ((int)response.StatusCode, errorType, await response.Content.ReadAsStringAsync(Cancellation));
    }
}
