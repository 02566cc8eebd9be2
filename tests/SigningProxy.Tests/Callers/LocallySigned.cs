using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.SigV4;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Callers;

/// <summary>A caller with a local key pair, its requests, and how they arrive.</summary>
internal static class LocallySigned
{
    public const string Id = "LOCALORDERS00001";
    public const string Secret = "the-local-secret-of-orders";

    private const string Sha256 = "X-Amz-Content-Sha256";

    public static readonly Uri Endpoint = new("http://localhost:8080/");
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 30, 0, TimeSpan.Zero);

    public static readonly CatalogSnapshot Catalog = new(
        1, [], [Declared.NamedCredential("Ported", Declared.ExternalCredential("E")) with { ListenPort = 8081 }], [], [],
        [new DeclaredCaller("orders", null, new LocalSigV4Proof(new SessionCredentials(Id, Secret)))]);

    /// <summary>As boto3 signs outside S3: over the body's hash, which is not sent.</summary>
    public static HttpRequestMessage WithoutHash(string body) => Request("POST", null, body);

    /// <summary>Signed here, where the SDK's own signer has no such form.</summary>
    public static HttpRequestMessage Request(string method, string? payload, string body = "x")
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Endpoint, "Api")) { Content = new ByteArrayContent(bytes) };
        List<RequestHeader> headers = [new("host", "localhost:8080")];
        var trace = SigV4Signer.Sign(
            new SigningRequest
            {
                Method = method,
                Path = "/Api",
                Query = "",
                Headers = headers.ToArray(),
                Payload = payload is null ? PayloadHash.Of(bytes) : PayloadHash.AsSigned(payload),
            },
            new SessionCredentials(Id, Secret), new CredentialScope("eu-west-1", "execute-api"), Now,
            new SigningSettings(ContentSha256Header: payload is null ? ContentSha256Header.Off : ContentSha256Header.On));
        request.Headers.TryAddWithoutValidation("Authorization", trace.Authorization);
        request.Headers.Add("X-Amz-Date", trace.AmzDate);
        if (payload is not null)
            request.Headers.Add(Sha256, payload);
        return request;
    }

    /// <summary>The request as a listener that accepts such proofs sees it.</summary>
    public static async Task<DefaultHttpContext> ArriveAsync(HttpRequestMessage message)
    {
        var context = new DefaultHttpContext();
        var body = message.Content is null ? [] : await message.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        context.Request.Method = message.Method.Method;
        context.Request.Body = new MemoryStream(body);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = message.RequestUri!.PathAndQuery;
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new Detected(body.Length > 0));
        context.Features.Set(new Listener(ListenerPurpose.Callouts, ListenerTransport.Tcp, AcceptedProofs.LocalSigV4));
        context.Request.Headers.Host = "localhost:8080";
        foreach (var (name, values) in message.Headers.NonValidated.Concat(message.Content is null ? [] : message.Content.Headers.NonValidated))
            context.Request.Headers[name] = values.ToArray();
        SetCallout(context, message.RequestUri.Query.TrimStart('?'));
        return context;
    }

    /// <summary>What may be done to a request on its way.</summary>
    public static void Change(HttpContext context, string what)
    {
        var headers = context.Request.Headers;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        switch (what)
        {
            case "method": context.Request.Method = "PUT"; break;
            case "path": target.RawTarget = "/table"; break;
            case "query": SetCallout(context, "a=b"); break;
            case "host": headers.Host = "127.0.0.1:8080"; break;
            case "port": headers.Host = "localhost:8081"; break;
            case "principal": headers["X-SigningProxy-Principal"] = "Writer"; break;
            case "target": headers["X-Amz-Target"] = "U"; break;
            case "token": headers["X-Amz-Security-Token"] = "another"; break;
            case "hash": headers[Sha256] = PayloadHash.Empty.Value; break;
            case "date": headers["X-Amz-Date"] = "20261123T103000Z"; break;
            case "more": headers["X-Amz-Meta-More"] = "x"; break;
            case "taken": headers.Remove("X-Amz-Target"); break;
            case "connection": headers.Connection = "close, X-Amz-Target"; break;
            case "twice": headers.Append("Authorization", "Basic x"); break;
            case "presigned": SetCallout(context, "x-amz-algorithm=AWS4-HMAC-SHA256"); break;
            default:
                headers.Authorization = headers.Authorization.ToString() switch
                {
                    var text when what == "signature" => text[..^1] + (text[^1] == '0' ? '1' : '0'),
                    var text when what == "scope" => text.Replace("/dynamodb/", "/s3/", StringComparison.Ordinal),
                    var text when what == "key" => text.Replace(Id, "LOCALNOBODY00001", StringComparison.Ordinal),
                    var text => text + ", x=y",
                }; break;
        }
    }

    private static void SetCallout(HttpContext context, string query) =>
        context.Features.Set(new Callout { Name = "N", Address = CalloutAddress.Path, Path = "/", Query = query, Snapshot = Catalog });

    internal sealed record Detected(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
