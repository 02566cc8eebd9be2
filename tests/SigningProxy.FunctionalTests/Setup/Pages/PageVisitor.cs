using System.Net;
using System.Text.RegularExpressions;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>A browser without JavaScript: it keeps cookies, fills in forms by their labels, and sends what a page's form holds.</summary>
internal sealed class PageVisitor(Uri setup) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly Dictionary<string, string> _jar = new(StringComparer.Ordinal);

    /// <summary>All that was shown so far.</summary>
    public List<SeenPage> Seen { get; } = [];

    public static async Task<PageVisitor> SignedInAsync(ApiStage api, string token = ApiStage.Manager)
    {
        var visitor = new PageVisitor(api.Setup);
        var signedIn = await visitor.SendAsync("/sign-in/token", [("token", token), ("to", "/callers")]);
        Assert.Equal((303, "/callers"), (signedIn.Status, signedIn.Location));
        return visitor;
    }

    public Task<SeenPage> OpenAsync(string path) => AskAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(setup, path)));

    /// <summary>Sends a form, as it is given.</summary>
    public Task<SeenPage> SendAsync(string path, IEnumerable<(string Name, string Value)> fields) => AskAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(setup, path))
    {
        Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        Headers = { { "Origin", setup.GetLeftPart(UriPartial.Authority) } },
    });

    /// <summary>Opens a form, fills it in and sends it.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="filled">Names of fields and what is filled in.</param>
    public async Task<SeenPage> FillAsync(string path, params (string Name, string Value)[] filled) => await FillAsync(path, await OpenAsync(path), filled);

    /// <summary>The same on a page that is open already.</summary>
    public Task<SeenPage> FillAsync(string path, SeenPage page, params (string Name, string Value)[] filled)
    {
        var fields = page.Fields();
        foreach (var (name, value) in filled)
            fields[name] = value;
        return SendAsync(path, fields.Select(f => (f.Key, f.Value)));
    }

    public void Dispose() => _http.Dispose();

    private async Task<SeenPage> AskAsync(HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.Add("Accept", "text/html,application/xhtml+xml");
            if (_jar.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", _jar.Select(c => $"{c.Key}={c.Value}")));
            using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            foreach (var line in answer.Headers.TryGetValues("Set-Cookie", out var lines) ? lines : [])
                _jar[line.Split('=', 2)[0]] = line.Split('=', 2)[1].Split(';')[0];
            var page = new SeenPage((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers.Location?.OriginalString);
            Seen.Add(page);
            return page;
        }
    }
}

/// <summary>A page as it came.</summary>
internal sealed partial record SeenPage(int Status, string Text, string? Location)
{
    /// <summary>Its text without markup.</summary>
    public string Words => WebUtility.HtmlDecode(Space().Replace(Tag().Replace(Text, " "), " "));

    /// <summary>What the form in the middle of the page would send, its buttons apart.</summary>
    public Dictionary<string, string> Fields()
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var main = Text[Text.IndexOf("<main", StringComparison.Ordinal)..];
        foreach (Match input in Input().Matches(main))
        {
            var (tag, name) = (input.Value, Attribute(input.Value, "name"));
            if (name is null || Attribute(tag, "type") is "file" || (Attribute(tag, "type") is "checkbox" or "radio" && !tag.Contains(" checked", StringComparison.Ordinal)))
                continue;
            fields[name] = Attribute(tag, "value") ?? "";
        }
        foreach (Match area in Area().Matches(main))
            fields[Attribute(area.Value, "name")!] = WebUtility.HtmlDecode(area.Groups["text"].Value.TrimStart('\n'));
        foreach (Match choice in Choice().Matches(main))
        {
            var options = Option().Matches(choice.Value).Select(o => o.Value).ToList();
            fields[Attribute(choice.Value, "name")!] = Attribute(options.Find(o => o.Contains(" selected", StringComparison.Ordinal)) ?? options[0], "value")!;
        }
        return fields;
    }

    /// <summary>What is told beside a field; null for nothing.</summary>
    public string? FaultAt(string name) =>
        Regex.Match(Text, $"id=\"f-{Regex.Escape(name.Replace('/', '-').Replace('~', '_'))}-fault\">(?<said>[^<]*)") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups["said"].Value) : null;

    /// <summary>The faults that stand above the form: each with the element that it leads to, or null.</summary>
    public IReadOnlyList<(string? To, string Text)> Summary =>
    [
        .. Line().Matches(Regex.Match(Text, "<div class=\"fault\"[^>]* id=\"faults\">(?<all>.*?)</div>", RegexOptions.Singleline).Groups["all"].Value)
            .Select(l => (l.Groups["to"] is { Success: true } to ? WebUtility.HtmlDecode(to.Value) : null, WebUtility.HtmlDecode(Space().Replace(Tag().Replace(l.Groups["said"].Value, " "), " ")).Trim().Replace(" : ", ": ", StringComparison.Ordinal))),
    ];

    /// <summary>The tag of the element with an id.</summary>
    public string Element(string id) => Regex.Match(Text, $"<[a-z]+ [^>]*id=\"{Regex.Escape(id)}\"[^>]*>").Value;

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $" {name}=\"(?<value>[^\"]*)\"") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups["value"].Value) : null;

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("<input [^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("<textarea [^>]*>(?<text>[^<]*)</textarea>")]
    private static partial Regex Area();

    [GeneratedRegex("<select .*?</select>", RegexOptions.Singleline)]
    private static partial Regex Choice();

    [GeneratedRegex("<li>(?:<a href=\"#(?<to>[^\"]*)\">)?(?<said>.*?)</li>", RegexOptions.Singleline)]
    private static partial Regex Line();

    [GeneratedRegex("<option [^>]*>")]
    private static partial Regex Option();
}
