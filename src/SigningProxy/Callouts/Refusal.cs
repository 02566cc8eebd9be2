using System.Buffers;
using System.Globalization;
using System.Net.Mime;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SigningProxy.Callouts;

/// <summary>A refusal of one request: RFC 9457 problem details that an AWS SDK can read too.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Detail">What happened and how to mend it, for the caller. Never a secret, and nothing the caller may not know.</param>
internal sealed record Refusal(RefusalKind Kind, string Detail)
{
    // The answer is JSON and no page: an apostrophe may stand as it is.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Which of the kind's reasons it was, for the operator alone; no part of the answer.</summary>
    public RefusalReason? Reason { get; init; }

    /// <summary>When to come again, for refusals that pass.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How to prove oneself (WWW-Authenticate), for refusals that a proof ends.</summary>
    public string? Challenge { get; init; }

    /// <summary>The methods that there are (Allow), for <see cref="RefusalKind.MethodNotAllowed"/>.</summary>
    public string? Allow { get; init; }

    /// <summary>Writes more members of the answer in JSON; none when null.</summary>
    public Action<Utf8JsonWriter>? Members { get; init; }

    /// <summary>The one answer to a name that does not exist and to a name that is not the caller's to use.</summary>
    public static Refusal AccessDenied(string name, RefusalReason reason) => new(
        RefusalKind.AccessDenied,
        $"The callout couldn't access the endpoint. The caller might not have the required permissions, or the named credential \"{name}\" might not exist.")
    { Reason = reason };

    /// <summary>Writes the answer. Its form depends on the request alone, so that it tells nothing of the catalog.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = Kind.Status;
        response.Headers["x-amzn-errortype"] = Kind.ErrorType;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (Challenge is not null)
            response.Headers.WWWAuthenticate = Challenge;
        if (Allow is not null)
            response.Headers.Allow = Allow;
        context.Features.Set(this);

        var traceId = CallTrace.IdOf(context);
        // Setup has no AWS clients, and forms of its own.
        var xml = context.Features.Get<Listener>() is not { Purpose: ListenerPurpose.Setup } && WantsXml(context.Request);
        response.ContentType = xml ? MediaTypeNames.Text.Xml : MediaTypeNames.Application.ProblemJson;
        var body = xml ? Xml(traceId) : Json(traceId);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Query-protocol and S3 clients read XML; they are known by a form body, by what they accept, or by the API their user agent names.</summary>
    private static bool WantsXml(HttpRequest request)
    {
        if (request.ContentType?.StartsWith(MediaTypeNames.Application.FormUrlEncoded, StringComparison.OrdinalIgnoreCase) == true)
            return true;
        var accept = request.Headers.Accept.ToString();
        if (accept.Contains("json", StringComparison.OrdinalIgnoreCase))
            return false;
        if (accept.Contains("/xml", StringComparison.OrdinalIgnoreCase) && !accept.Contains("html", StringComparison.OrdinalIgnoreCase))
            return true;
        var agent = request.Headers.UserAgent.ToString();
        return agent.Contains("api/s3", StringComparison.OrdinalIgnoreCase) || agent.Contains("command/s3", StringComparison.OrdinalIgnoreCase);
    }

    private ReadOnlyMemory<byte> Json(string traceId)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("type", $"urn:signing-proxy:{Kind.Code}");
            json.WriteString("title", Kind.Title);
            json.WriteNumber("status", Kind.Status);
            json.WriteString("detail", Detail);
            json.WriteString("code", Kind.Code);
            json.WriteString("traceId", traceId);
            json.WriteString("__type", Kind.ErrorType);
            json.WriteString("message", Detail);
            Members?.Invoke(json);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private ReadOnlyMemory<byte> Xml(string traceId) => Encoding.UTF8.GetBytes(
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <ErrorResponse><Error><Type>Sender</Type><Code>{Kind.ErrorType}</Code><Message>{SecurityElement.Escape(Detail)}</Message><ProxyCode>{Kind.Code}</ProxyCode></Error><RequestId>{SecurityElement.Escape(traceId)}</RequestId></ErrorResponse>
        """);
}
