using System.Buffers;
using System.Text.Json;
using SigningProxy.Callouts;
using SigningProxy.Catalog;

namespace SigningProxy.Operations;

/// <summary>What the operations listener serves to anyone who reaches it: health here, metrics beside it, and nothing else.</summary>
internal sealed class OperationsEndpoints(RequestDelegate next, CurrentCatalog catalog, IHostApplicationLifetime lifetime)
{
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";
    public const string Metrics = "/metrics";

    public static bool Serves(HttpContext context) => context.Features.Get<Listener>() is { Purpose: ListenerPurpose.Operations };

    public Task InvokeAsync(HttpContext context) => context.Request.Path.Value switch
    {
        Live => Answer(context, StatusCodes.Status200OK, "live"),
        Ready when !lifetime.ApplicationStarted.IsCancellationRequested => Answer(context, StatusCodes.Status503ServiceUnavailable, "starting"),
        Ready when lifetime.ApplicationStopping.IsCancellationRequested => Answer(context, StatusCodes.Status503ServiceUnavailable, "stopping"),
        Ready => Answer(context, StatusCodes.Status200OK, "ready"),
        _ => next(context),
    };

    private async Task Answer(HttpContext context, int status, string state)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("status", state);
            json.WriteNumber("catalogRevision", catalog.Snapshot.Revision);
            json.WriteNumber("namedCredentials", catalog.Snapshot.NamedCredentials.Count);
            json.WriteEndObject();
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.WrittenCount;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}
