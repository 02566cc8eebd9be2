using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>An open stream of the home page's events.</summary>
internal sealed class LiveReader : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    private readonly StringBuilder _text = new();
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly Uri _setup;
    private HttpResponseMessage _answer = null!;
    private StreamReader _lines = null!;
    private string _cookie = "";

    private LiveReader(Uri setup) => _setup = setup;

    public int Status => (int)_answer.StatusCode;

    public string? Type => _answer.Content.Headers.ContentType?.MediaType;

    public string Text => _text.ToString();

    public int Events { get; private set; }

    public TimeSpan Lasted => Stopwatch.GetElapsedTime(_begun);

    /// <param name="api">The stage.</param>
    /// <param name="byCookie">Whether it signs in as a browser does.</param>
    /// <param name="token">The administrator's; null for nobody.</param>
    public static async Task<LiveReader> OpenAsync(ApiStage api, bool byCookie = false, string? token = ApiStage.Viewer)
    {
        var reader = new LiveReader(api.Setup);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.Setup, "/live"));
        if (byCookie)
            request.Headers.Add("Cookie", reader._cookie = await reader.SignInAsync(token!));
        else if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        reader._answer = await reader._http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        reader._lines = new StreamReader(await reader._answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        return reader;
    }

    /// <summary>Reads on until what was told fits.</summary>
    public async Task ReadsAsync(Func<string, bool> fits)
    {
        while (!fits(Text))
            Assert.True(await NextAsync(), "The stream has ended.");
    }

    public async Task EndsAsync()
    {
        var begun = Lasted;
        while (await NextAsync())
            Assert.True(Lasted - begun < Longest, "The stream goes on.");
    }

    public async Task SignOutAsync()
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(_setup, "/sign-in/csrf")) { Headers = { { "Cookie", _cookie } } };
        using var told = await _http.SendAsync(ask, TestContext.Current.CancellationToken);
        var csrf = (string)JsonNode.Parse(await told.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["csrfToken"]!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_setup, "/sign-in/out"))
        {
            Headers = { { "Cookie", _cookie }, { "Origin", _setup.GetLeftPart(UriPartial.Authority) }, { "X-CSRF-Token", csrf } },
        };
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode < 400, $"{answer.StatusCode}");
    }

    public void Dispose()
    {
        _lines?.Dispose();
        _answer?.Dispose();
        _http.Dispose();
    }

    private async Task<string> SignInAsync(string token)
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("token", token)]);
        using var answer = await _http.PostAsync(new Uri(_setup, "/sign-in/token"), content, TestContext.Current.CancellationToken);
        return answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];
    }

    private async Task<bool> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        if (await _lines.ReadLineAsync(limit.Token) is not { } line)
            return false;
        _text.AppendLine(line);
        Events += line.Length == 0 ? 1 : 0;
        return true;
    }
}
