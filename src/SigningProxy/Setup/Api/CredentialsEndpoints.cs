using SigningProxy.Catalog;
using SigningProxy.Configuration.Stored;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Operations;
using SigningProxy.Sessions;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;
using SigningProxy.Telemetry;

namespace SigningProxy.Setup.Api;

/// <summary>The credentials of a principal: keys go in and never come out, and sessions are told of and refreshed.</summary>
internal static class CredentialsEndpoints
{
    private const string One = $"{PrincipalEndpoints.Root}/{{principal}}";
    private static readonly string[] Keys = ["accessKey", "accessSecret", "sessionToken"];

    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", $"{One}/credentials", SetupPermission.View, ShowAsync, new("Tell which keys are set, or of the session now", 200) { Answer = "Credentials" }),
        new("PUT", $"{One}/credentials", SetupPermission.Manage, PutAsync, new("Set the keys of a principal of the variant AccessKey", 204)
        {
            Body = "Keys", Problems = [ProblemKind.Provisioned, ProblemKind.PreconditionFailed, ProblemKind.NotValid],
        }),
        new("POST", $"{One}/refresh", SetupPermission.Manage, RefreshAsync, new("Obtain a principal's session anew", 200) { Answer = "Session", Problems = [ProblemKind.NotConfigured, ProblemKind.SessionUnavailable] }),
    ];

    private static Task ShowAsync(ApiRequest request)
    {
        var owner = request.Get<EntryBook>().Get(EntryKind.ExternalCredential, request.Name);
        var (_, name, fields) = PrincipalPlan.Get(owner, request.Principal);
        return ApiAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, json =>
        {
            if (Find(request) is var (external, principal))
            {
                SessionJson.Write(json, request.Get<SessionCache>().StatusOf(external, principal), request.Get<TimeProvider>().GetUtcNow());
            }
            else
            {
                json.WriteString("externalCredential", owner.Name);
                json.WriteString("principal", name);
            }
            json.WriteStartObject("set");
            foreach (var key in Keys)
                json.WriteBoolean(key, fields.Entries.Any(e => e.Key.Value == key && e.Value is not YamlText { IsNull: true }));
            json.WriteEndObject();
        });
    }

    private static async Task PutAsync(ApiRequest request)
    {
        var sent = await RequestFields.ReadAsync(request);
        var keys = Keys.Select(k => (Key: k, Text: k == Keys[2] ? sent.Fields.Text(k) : sent.Required(k, "Send the key itself, as a text."))).ToList();
        sent.Finish();
        var precondition = Precondition.Of(request.Context.Request, sent: null);
        await request.Get<EntryChanges>().MakeAsync(
            now =>
            {
                EntryEndpoints.RefuseProvisioned(request, request.Name, EntryKind.ExternalCredential);
                var plan = PrincipalPlan.Of(request, now);
                var (_, _, fields) = PrincipalPlan.Get(plan.Owner, request.Principal);
                var planned = plan.Put(WithKeys(fields, keys), new YamlMap(0, 1, [.. keys.Select(k => (Text(k.Key), (YamlNode)Text(k.Text ?? "")))]));
                precondition.Judge(plan.Owner, whole: false, json => EntryEndpoints.WriteBoth(json, request.Get<CurrentCatalog>().Snapshot, planned));
                return planned;
            },
            request.Administrator.Name, request.Context.RequestAborted);
        await ApiAnswer.WriteNothingAsync(request.Context);
    }

    private static async Task RefreshAsync(ApiRequest request)
    {
        if (Find(request) is not var (external, principal))
            throw new ProblemException(ProblemKind.NotFound, "The catalog in use has no such principal.");
        if (principal.Missing.Count > 0)
            throw new ProblemException(ProblemKind.NotConfigured, $"It lacks {string.Join("; ", principal.Missing)}.");
        request.Get<SetupStore>().Note("refreshed", "Principal", $"{external.Name}-{principal.Name}", request.Administrator.Name, request.Get<TimeProvider>().GetUtcNow());
        var sessions = request.Get<SessionCache>();
        var outcome = await sessions.Of(external, principal).ForceAsync(request.Context.RequestAborted);
        // A catalog that was read again on the way may have given the principal another session.
        var (externalNow, principalNow) = Find(request) ?? (external, principal);
        var status = sessions.StatusOf(externalNow, principalNow);
        if (outcome == RefreshOutcome.Failed)
            throw new ProblemException(ProblemKind.SessionUnavailable, status.LastError ?? "None came in time; the attempt goes on.");
        await ApiAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, json =>
        {
            json.WriteString("outcome", ProxyTelemetry.Word(outcome));
            json.WriteStartObject("session");
            SessionJson.Write(json, status, request.Get<TimeProvider>().GetUtcNow());
            json.WriteEndObject();
        });
    }

    private static (ExternalCredential ExternalCredential, Principal Principal)? Find(ApiRequest request) =>
        request.Get<CurrentCatalog>().Snapshot.ExternalCredentials.GetValueOrDefault(request.Name) is { } external
        && external.Principals.FirstOrDefault(p => p.Name == request.Principal) is { } principal
            ? (external, principal)
            : null;

    private static YamlMap WithKeys(YamlMap fields, IReadOnlyList<(string Key, string? Text)> keys) => fields with
    {
        Entries =
        [
            .. fields.Entries.Where(e => !Keys.Contains(e.Key.Value)),
            .. keys.Where(k => k.Text is not null).Select(k => (Text(k.Key), (YamlNode)SecretPlaces.Of(SecretPlaces.Value, k.Text!))),
        ],
    };

    private static YamlText Text(string text) => new(0, text, Plain: false);
}
