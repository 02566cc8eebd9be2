using System.Text;
using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Configuration.Yaml;
using SigningProxy.SigV4;

namespace SigningProxy.Setup.Api;

/// <summary>A callout that an administrator tries out as a caller: it goes the way of every other, but comes by no listener.</summary>
internal sealed class TestCall
{
    /// <summary>What is kept of the answer's body, in bytes.</summary>
    public const int MostBody = 64 * 1024;

    private const string Reserved = "X-SigningProxy-";
    private static readonly string[] OfTheConnection = ["Host", "Content-Length", "Transfer-Encoding", "Connection", "Expect", "Upgrade", "TE", "Trailer", "Cookie"];

    private TestCall(RequestFields sent)
    {
        Caller = sent.Fields.Text("caller") ?? Callers.Caller.Local.Name;
        NamedCredential = sent.Required("namedCredential", "Name what is called.");
        Method = sent.Fields.Text("method") ?? "GET";
        Path = sent.Fields.Text("path") ?? "/";
        Headers = sent.Pairs("headers");
        Body = sent.Fields.Text("body") ?? "";
        Principal = sent.Fields.Text("principal");
        if (Method.Length is 0 or > 20 || !Method.All(char.IsAsciiLetterUpper) || Method == "CONNECT")
            sent.Fault("method", "method is not an HTTP method in capitals", "Write it as GET, PUT and such.");
        if (!Path.StartsWith('/') || RawTarget.TryParse(Path, out _) is not null)
            sent.Fault("path", "path is not a path as it stands in a request line", "Begin with a slash, and percent-encode what a path cannot hold. A query may follow.");
        if (Headers.Any(h => !IsHeader(h.Name, h.Value)))
            sent.Fault("headers", "headers holds a name or value that no request can, or that is not the caller's", $"Leave out {string.Join(", ", OfTheConnection)} and {Reserved}*; values are visible ASCII, spaces and tabs.");
        if (Principal is not null && !Principal.All(c => c is >= ' ' and <= '~'))
            sent.Fault("principal", "principal cannot stand in a header", "A caller cannot ask for it by X-SigningProxy-Principal.");
        sent.Finish();
    }

    public string Caller { get; }

    public string NamedCredential { get; }

    public string Method { get; }

    public string Path { get; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; }

    public string Body { get; }

    public string? Principal { get; }

    public static async Task<TestCall> ReadAsync(ApiRequest request) => new(await RequestFields.ReadAsync(request));

    /// <param name="sent">What the API reads from a body.</param>
    /// <exception cref="ProblemException">It is none that can be sent.</exception>
    public static TestCall Of(YamlMap sent) => new(RequestFields.Of(sent));

    /// <summary>Who would sign it, and why; nothing is sent.</summary>
    public AccessReport Report(CatalogSnapshot catalog) => AccessReport.Of(catalog, new Caller(Caller), NamedCredential, Path.Split('?')[0], Method, null, Principal);

    /// <summary>The request as it enters the way of callouts.</summary>
    /// <param name="request">The administrator's.</param>
    /// <param name="answer">Takes the body of the answer.</param>
    /// <param name="trace">Takes the intermediates of the signature.</param>
    /// <param name="aborted">Ends it.</param>
    public HttpContext Context(ApiRequest request, Stream answer, SigningTrace trace, CancellationToken aborted)
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature { Protocol = HttpProtocol.Http11, Scheme = "http", Method = Method, RawTarget = $"/{NamedCredential}{Path}", Body = new MemoryStream(body) });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set<IHttpRequestBodyDetectionFeature>(new KnownBody(body.Length > 0));
        var context = new DefaultHttpContext(features) { RequestServices = request.Context.RequestServices, RequestAborted = aborted, TraceIdentifier = request.Context.TraceIdentifier };
        foreach (var (name, value) in Headers)
            context.Request.Headers.Append(name, value);
        context.Request.Host = new HostString("localhost");
        if (body.Length > 0)
            context.Request.ContentLength = body.Length;
        if (Principal is not null)
            context.Request.Headers[AccessMiddleware.WantedHeader] = Principal;
        context.Features.Set(new Listener(ListenerPurpose.Setup, ListenerTransport.Tcp, AcceptedProofs.None));
        context.Features.Set(new Caller(Caller, $"a test call of administrator {request.Administrator.Name}"));
        context.Features.Set(trace);
        context.Features.Set(new CallTimes(request.Get<TimeProvider>()));
        return context;
    }

    private static bool IsHeader(string name, string value) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c)) && value.All(c => c is '\t' or (>= ' ' and <= '~'))
        && !OfTheConnection.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase);

    private sealed record KnownBody(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
