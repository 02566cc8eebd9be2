using System.Buffers;
using System.Diagnostics;
using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SigningProxy.Setup.Api;

/// <summary>Writes the answers of the API. None of them is to be kept anywhere.</summary>
internal static class ApiAnswer
{
    // The answer is JSON and no page: an apostrophe may stand as it is.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="context">The request to answer.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="write">Writes the members of the object.</param>
    public static Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write) =>
        WriteAsync(context, status, MediaTypeNames.Application.Json, Object(write));

    public static async Task WriteAsync(HttpContext context, int status, string type, ReadOnlyMemory<byte> body)
    {
        Head(context, status);
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    public static Task WriteNothingAsync(HttpContext context)
    {
        Head(context, StatusCodes.Status204NoContent);
        return Task.CompletedTask;
    }

    public static Task WriteAsync(HttpContext context, ProblemException problem)
    {
        context.Response.Clear();
        if (problem.Allow is { } methods)
            context.Response.Headers.Allow = methods;
        return WriteAsync(context, problem.Kind.Status, MediaTypeNames.Application.ProblemJson, Object(json =>
        {
            json.WriteString("type", $"urn:signing-proxy:{problem.Kind.Code}");
            json.WriteString("title", problem.Kind.Title);
            json.WriteNumber("status", problem.Kind.Status);
            json.WriteString("detail", problem.Message);
            json.WriteString("code", problem.Kind.Code);
            json.WriteString("traceId", Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier);
            problem.Members?.Invoke(json);
        }));
    }

    private static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static void Head(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
    }
}
