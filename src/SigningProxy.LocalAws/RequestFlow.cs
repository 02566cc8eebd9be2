using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SigningProxy.LocalAws.Destinations;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws;

/// <summary>One request over HTTP: the stand-in's own endpoints, or the whole body and the stand-in's answer.</summary>
internal sealed class RequestFlow(StandIn standIn, TimeProvider time)
{
    /// <summary>Larger bodies are refused: everything is held in memory.</summary>
    public const int MaxBodyBytes = 256 * 1024 * 1024;

    private readonly LocalEndpoints _local = new(standIn);

    public async Task RunAsync(HttpContext context)
    {
        // The raw target: Kestrel's Path is decoded and normalised, and would verify what was not sent
        var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var unread = new ReceivedRequest(context.Request.Method, rawTarget, Headers(context.Request), []);
        if (rawTarget.StartsWith(LocalEndpoints.Prefix, StringComparison.Ordinal))
        {
            await WriteAsync(context, _local.Serve(unread));
            return;
        }

        byte[] body;
        try
        {
            body = await ReadBodyAsync(context.Request, context.RequestAborted);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            standIn.NoteBroken(unread, RequestTarget.Of(unread));
            throw;
        }

        var request = new ReceivedRequest(unread.Method, rawTarget, unread.Headers, body);
        var target = RequestTarget.Of(request);
        var answer = standIn.Serve(request, target);
        if (standIn.Switches.DelayOf(target) is { Ticks: > 0 } delay)
        {
            await Task.Delay(delay, time, context.RequestAborted);
        }

        await WriteAsync(context, answer);
    }

    private static List<KeyValuePair<string, string>> Headers(HttpRequest request) =>
        [.. request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")))];

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellation);
        return buffer.ToArray();
    }

    private async Task WriteAsync(HttpContext context, Answer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        // Its own clock's date, wrong as that may be
        response.Headers.Date = standIn.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        // To HEAD the length is told, as for GET, and no body follows. To 204 Kestrel takes no write, an empty one closes the connection
        response.ContentLength = answer.Status == StatusCodes.Status204NoContent ? null : answer.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method) && !answer.Body.IsEmpty)
        {
            await response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }
}
