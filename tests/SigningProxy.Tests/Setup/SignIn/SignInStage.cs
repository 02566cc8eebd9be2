using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Callouts;
using SigningProxy.Listeners;
using SigningProxy.Setup;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;
using SigningProxy.Tests.Store;

namespace SigningProxy.Tests.Setup.SignIn;

/// <summary>Setup as it is served, on a loopback port and a clock of the test's.</summary>
internal sealed class SignInStage : IAsyncDisposable
{
    public const string Me = "/api/v1/me";
    public const string Administrators = "/api/v1/administrators";
    public const string DeclaredToken = "a-declared-token-of-the-tests";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    private readonly bool _ownsFolder;
    private readonly WebApplication _app;

    private SignInStage(WebApplication app, StoreFolder folder, SetupStore store, FakeTimeProvider time, bool ownsFolder) =>
        (_app, Folder, Store, Time, _ownsFolder) = (app, folder, store, time, ownsFolder);

    public StoreFolder Folder { get; }

    public SetupStore Store { get; }

    public FakeTimeProvider Time { get; }

    public string Origin => _app.Urls.First();

    public string LinkFile => Folder.File("sign-in-link");

    public SignInLink Link => _app.Services.GetRequiredService<SignInLink>();

    /// <summary>How many rows the audit trail has: whatever is written adds one.</summary>
    public int Rows => Store.Audit(new AuditQuery(1000)).Count;

    /// <param name="settings">Of <c>SigningProxy:Setup</c>, each <c>KEY=VALUE</c>.</param>
    public static Task<SignInStage> StartAsync(params string[] settings) => StartAsync(null, settings);

    /// <summary>A stage with an administrator of the host settings, whose token is <see cref="DeclaredToken"/>.</summary>
    public static async Task<SignInStage> WithDeclaredAsync(string permission = "Manage", params string[] settings)
    {
        var folder = new StoreFolder();
        await File.WriteAllTextAsync(folder.File("token"), DeclaredToken);
        return await StartAsync(new Shared(folder, new FakeTimeProvider(StoreFolder.At), OwnsFolder: true), [$"Administrators:0=root may {permission} by tokenFile {folder.File("token")}", .. settings]);
    }

    /// <summary>Another replica, on the same database and clock.</summary>
    public Task<SignInStage> AnotherAsync(params string[] settings) => StartAsync(new Shared(Folder, Time, OwnsFolder: false), settings);

    public async Task<StageAnswer> SendAsync(string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        return await SendAsync(method, path, content, headers);
    }

    public async Task<StageAnswer> SendAsync(string method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(new Uri(Origin), path)) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new StageAnswer(
            (int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key, h => string.Join('\n', h.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Signs in as the administrator that has a token.</summary>
    public async Task<Browser> SignInAsync(string token = DeclaredToken, params (string Name, string Value)[] headers)
    {
        var answer = await SendAsync("POST", SignInEndpoints.Token, $$"""{"token":"{{token}}"}""", headers);
        Assert.Equal(200, answer.Status);
        return new Browser(this, answer.Cookie!, answer.Member("csrfToken"));
    }

    /// <summary>Uses the link, and tells the token of the administrator that it made.</summary>
    public async Task<(Browser Browser, string Token)> BeginAsync(string name = "ada")
    {
        var answer = await UseLinkAsync(TokenOfLink(), name);
        Assert.Equal(201, answer.Status);
        return (new Browser(this, answer.Cookie!, answer.Member("csrfToken")), answer.Member("token"));
    }

    public string TokenOfLink() => File.ReadAllText(LinkFile).TrimEnd().Split("?token=")[1];

    public Task<StageAnswer> UseLinkAsync(string token, string name) => SendAsync("POST", SignInEndpoints.Link, $$"""{"token":"{{token}}","name":"{{name}}"}""");

    /// <summary>Makes or changes an administrator, by the token of one.</summary>
    public Task<StageAnswer> PutAsync(string name, string json, string token = DeclaredToken, params (string Name, string Value)[] headers) =>
        SendAsync("PUT", $"{Administrators}/{name}", json, [("Authorization", $"Bearer {token}"), .. headers]);

    public async Task<int> MeAsync(string token) => (await SendAsync("GET", Me, (string?)null, ("Authorization", $"Bearer {token}"))).Status;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Store.Dispose();
        _http.Dispose();
        if (_ownsFolder)
            Folder.Dispose();
    }

    private static async Task<SignInStage> StartAsync(Shared? shared, string[] settings)
    {
        var (folder, time, owns) = shared ?? new Shared(new StoreFolder(), new FakeTimeProvider(StoreFolder.At), OwnsFolder: true);
        var store = folder.Open();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            [.. settings.Prepend($"Database={folder.Database}").Select(s => KeyValuePair.Create($"{SetupOptions.Section}:{s.Split('=', 2)[0]}", (string?)s.Split('=', 2)[1]))]);
        builder.Services.AddOptions<SetupOptions>().Bind(builder.Configuration.GetSection(SetupOptions.Section));
        builder.Services.AddSingleton(store).AddSingleton<TimeProvider>(time).AddSingleton<IWebProxy>(new WebProxy());
        var address = new ListenAddress { Protocol = ListenProtocol.Http1, Ip = IPAddress.Loopback };
        builder.Services.AddSetup(new SetupListener(address, new ListenerOptions()), builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseMiddleware<FailureMiddleware>();
        app.Use((context, next) =>
        {
            context.Features.Set(new Listener(ListenerPurpose.Setup, ListenerTransport.Tcp));
            return next(context);
        });
        app.UseSetup();
        await app.StartAsync(TestContext.Current.CancellationToken);
        app.Services.GetRequiredService<SignInLink>().Offer();
        return new SignInStage(app, folder, store, time, owns);
    }

    private sealed record Shared(StoreFolder Folder, FakeTimeProvider Time, bool OwnsFolder);
}

/// <summary>What Setup answered.</summary>
internal sealed record StageAnswer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The code of a refusal.</summary>
    public string Code => Member("code");

    /// <summary>The value of the session's cookie, where it sets one.</summary>
    public string? Cookie => Headers.GetValueOrDefault("Set-Cookie")?.Split('\n').FirstOrDefault(c => c.StartsWith("__Host-SigningProxy-Setup=", StringComparison.Ordinal))?.Split(';')[0].Split('=', 2)[1];

    public string Member(string name) => JsonNode.Parse(Body)?[name]?.ToString() ?? "";
}

/// <summary>A browser that has signed in; it sends what the pages of Setup would.</summary>
internal sealed record Browser(SignInStage Stage, string Cookie, string CsrfToken)
{
    public (string Name, string Value) CookieHeader => ("Cookie", $"other=1; __Host-SigningProxy-Setup={Cookie}");

    public async Task<int> StatusAsync() => (await GetAsync()).Status;

    public Task<StageAnswer> GetAsync(string path = SignInStage.Me) => Stage.SendAsync("GET", path, (string?)null, CookieHeader);

    public Task<StageAnswer> ChangeAsync(string method, string path, string? json = null) =>
        Stage.SendAsync(method, path, json, CookieHeader, ("Origin", Stage.Origin), (SignInMiddleware.CsrfHeader, CsrfToken));
}
