using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Sessions;
using SigningProxy.Telemetry;

namespace SigningProxy.Operations;

/// <summary>The sessions of all principals, and how to force a refresh; for operators alone.</summary>
internal sealed class SessionEndpoints(RequestDelegate next, CurrentCatalog catalog, SessionCache sessions, TimeProvider time)
{
    public const string Sessions = "/sessions";
    public const string RefreshForm = $"{Sessions}/{{ExternalCredential-PrincipalName}}{Refresh}";
    private const string Refresh = "/refresh";

    /// <summary>The path that refreshes a principal's session.</summary>
    /// <param name="name">Such as <c>OrdersTable-Writer</c>.</param>
    public static string RefreshPath(string name) => $"{Sessions}/{Uri.EscapeDataString(name)}{Refresh}";

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return (context.Request.Method, path) switch
        {
            ("GET", Sessions) => ListAsync(context),
            ("POST", _) when NameIn(path) is { } name => RefreshAsync(context, name),
            _ => next(context),
        };
    }

    /// <remarks>From the raw target: a name may hold a slash, which the decoded path does not tell from one between segments.</remarks>
    private static string? NameIn(string path) =>
        path.StartsWith($"{Sessions}/", StringComparison.Ordinal) && path.EndsWith(Refresh, StringComparison.Ordinal)
        && path.Length > Sessions.Length + 1 + Refresh.Length
        && path[(Sessions.Length + 1)..^Refresh.Length] is var name && !name.Contains('/', StringComparison.Ordinal)
            ? Uri.UnescapeDataString(name)
            : null;

    private Task ListAsync(HttpContext context) => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteStartArray("sessions");
        foreach (var status in sessions.StatusesOf(catalog.Snapshot))
        {
            json.WriteStartObject();
            SessionJson.Write(json, status, time.GetUtcNow());
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    private async Task RefreshAsync(HttpContext context, string name)
    {
        if (Find(name) is not var (externalCredential, principal))
        {
            await new Refusal(RefusalKind.NotFound, $"The catalog has no principal \"{name}\". GET {Sessions} lists them all.").WriteAsync(context);
            return;
        }
        if (principal.Missing.Count > 0)
        {
            await new Refusal(RefusalKind.PrincipalNotConfigured, $"It lacks {string.Join("; ", principal.Missing)}.").WriteAsync(context);
            return;
        }
        var outcome = await sessions.Of(externalCredential, principal).ForceAsync(context.RequestAborted);
        // A catalog that was read again on the way may have given the principal another session.
        var (externalCredentialNow, principalNow) = Find(name) ?? (externalCredential, principal);
        var status = sessions.StatusOf(externalCredentialNow, principalNow);
        if (outcome == RefreshOutcome.Failed)
        {
            await new Refusal(RefusalKind.SessionUnavailable, status.LastError ?? "None came in time; the attempt goes on.").WriteAsync(context);
            return;
        }
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteString("outcome", ProxyTelemetry.Word(outcome));
            json.WriteStartObject("session");
            SessionJson.Write(json, status, time.GetUtcNow());
            json.WriteEndObject();
        });
    }

    private (ExternalCredential ExternalCredential, Principal Principal)? Find(string text) =>
        PrincipalName.TryParse(text, out var name)
        && catalog.Snapshot.ExternalCredentials.TryGetValue(name.ExternalCredential, out var externalCredential)
        && externalCredential.Principals.FirstOrDefault(p => p.Name == name.Principal) is { } principal
            ? (externalCredential, principal)
            : null;
}
