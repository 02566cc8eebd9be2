using System.Text.Json;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Sessions;

namespace SigningProxy.Operations;

/// <summary>The health, told to anyone who reaches the listener: figures without names.</summary>
/// <remarks>
/// A principal without a session does not make the proxy unready: it serves all others, and a pod taken out of service for one role would
/// take its app with it. How many there are is told beside it.
/// </remarks>
internal sealed class OperationsEndpoints(
    RequestDelegate next, CurrentCatalog catalog, SessionCache sessions, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>What every path of health begins with.</summary>
    public const string Health = "/health/";

    public const string Live = $"{Health}live";
    public const string Ready = $"{Health}ready";
    public const string Metrics = "/metrics";

    public static bool Serves(HttpContext context) => context.Features.Get<Listener>() is { Purpose: ListenerPurpose.Operations or ListenerPurpose.Operator };

    public Task InvokeAsync(HttpContext context) => context.Request.Path.Value switch
    {
        Live => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, "live", catalog.Snapshot)),
        Ready when !lifetime.ApplicationStarted.IsCancellationRequested => TellAsync(context, StatusCodes.Status503ServiceUnavailable, "starting"),
        Ready when lifetime.ApplicationStopping.IsCancellationRequested => TellAsync(context, StatusCodes.Status503ServiceUnavailable, "stopping"),
        Ready => TellAsync(context, StatusCodes.Status200OK, "ready"),
        _ => next(context),
    };

    private Task TellAsync(HttpContext context, int status, string state) => JsonAnswer.WriteAsync(context, status, json =>
    {
        var (snapshot, now) = (catalog.Snapshot, time.GetUtcNow());
        Write(json, state, snapshot);
        var configured = sessions.StatusesOf(snapshot).Where(s => s.Missing.Count == 0).ToList();
        json.WriteStartObject("sessions");
        json.WriteNumber("total", configured.Count);
        json.WriteNumber("obtained", configured.Count(s => s.IsObtained(now)));
        json.WriteNumber("failing", configured.Count(s => s.LastError is not null));
        json.WriteEndObject();
        var certificates = CatalogCertificate.Of(snapshot);
        json.WriteStartObject("certificates");
        json.WriteNumber("total", certificates.Count);
        json.WriteNumber("endingSoon", certificates.Count(c => c.Life.At(now) == CertificateStanding.EndsSoon));
        json.WriteNumber("ended", certificates.Count(c => c.Life.At(now) == CertificateStanding.Ended));
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, string state, CatalogSnapshot snapshot)
    {
        json.WriteString("status", state);
        json.WriteNumber("catalogRevision", snapshot.Revision);
        json.WriteNumber("namedCredentials", snapshot.NamedCredentials.Count);
    }
}
