using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>The executable with an empty store, two administrators and the stand-in, asked by HTTP.</summary>
internal sealed class ApiStage : IAsyncDisposable
{
    public const string Manager = "token-of-ada-0123456789abcdef";
    public const string Viewer = "token-of-bob-0123456789abcdef";

    private readonly SetupStage _stage;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly StringBuilder _answers = new();

    private ApiStage(SetupStage stage, ProxyProcess proxy, Uri setup) => (_stage, Proxy, Setup) = (stage, proxy, setup);

    public ProxyProcess Proxy { get; }

    /// <summary>Where Setup is.</summary>
    public Uri Setup { get; }

    public SetupStage Stage => _stage;

    /// <summary>All that was answered so far.</summary>
    public string Answers
    {
        get
        {
            lock (_answers)
                return _answers.ToString();
        }
    }

    public static async Task<ApiStage> StartAsync(string catalog = "namedCredentials: []")
    {
        var stage = await SetupStage.CreateAsync();
        await File.WriteAllTextAsync(stage.Folder.File("ada.token"), Manager);
        await File.WriteAllTextAsync(stage.Folder.File("bob.token"), Viewer);
        var port = ProxyProcess.FreePort();
        string[] setup =
        [
            "--set", $"SigningProxy:Setup:Listen=127.0.0.1:{port}",
            "--set", $"SigningProxy:Setup:Administrators:0=ada may Manage by tokenFile {stage.Folder.File("ada.token")}",
            "--set", $"SigningProxy:Setup:Administrators:1=bob may View by tokenFile {stage.Folder.File("bob.token")}",
        ];
        return new ApiStage(stage, await ProxyProcess.StartAsync(catalog, [.. stage.Folder.Settings, .. setup]), new Uri($"http://127.0.0.1:{port}"));
    }

    public Task<(int Status, string Text, HttpResponseHeaders Headers)> GetAsync(string target) => SendAsync(HttpMethod.Get, target);

    /// <summary>Sends YAML, as files have it.</summary>
    public Task<(int Status, string Text, HttpResponseHeaders Headers)> PutYamlAsync(string target, string yaml) => SendAsync(HttpMethod.Put, target, yaml, "application/yaml");

    public Task<(int Status, string Text, HttpResponseHeaders Headers)> PutAsync(string target, string json, string? match = null) => SendAsync(HttpMethod.Put, target, json, match: match);

    /// <param name="method">The method.</param>
    /// <param name="target">The target below the API's root.</param>
    /// <param name="body">The body, or null.</param>
    /// <param name="type">Its type.</param>
    /// <param name="token">The administrator's; null for nobody.</param>
    /// <param name="match">The value of If-Match, or null.</param>
    public async Task<(int Status, string Text, HttpResponseHeaders Headers)> SendAsync(
        HttpMethod method, string target, string? body = null, string type = "application/json", string? token = Manager, string? match = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Setup, $"/api/v1{target}"));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (match is not null)
            request.Headers.TryAddWithoutValidation("If-Match", match);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        lock (_answers)
            _answers.AppendLine(text);
        return ((int)answer.StatusCode, text, answer.Headers);
    }

    public async Task<JsonNode> JsonAsync(string target) => JsonNode.Parse((await GetAsync(target)).Text)!;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Proxy.DisposeAsync();
        await _stage.DisposeAsync();
    }
}
