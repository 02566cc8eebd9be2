using System.Text.Json;
using SigningProxy.Catalog;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>Lists, shows, creates, replaces and deletes entries.</summary>
internal static class EntryEndpoints
{
    public const string DryRun = "dryRun";

    public static IReadOnlyList<(string Name, string Meaning)> DryRunQuery { get; } = [(DryRun, "true judges the change and tells it, and writes nothing.")];

    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", "/{kind}", SetupPermission.View, ListAsync, new("List the entries of a kind by name, provisioned ones among them", 200) { Query = Page.Query, Answer = "EntryPage" }),
        new("POST", "/{kind}", SetupPermission.Manage, CreateAsync, new("Create an entry", 201) { Body = "Entry", Answer = "Item", Query = DryRunQuery, Problems = [ProblemKind.AlreadyExists, ProblemKind.NotValid] }),
        new("GET", "/{kind}/{name}", SetupPermission.View, ShowAsync, new("Show an entry; secrets stand as where they are", 200) { Answer = "Item" }),
        new("PUT", "/{kind}/{name}", SetupPermission.Manage, PutAsync, new("Create an entry, or replace all of it", 200, 201)
        {
            Body = "Entry", Answer = "Item", Query = DryRunQuery,
            Problems = [ProblemKind.Provisioned, ProblemKind.Immutable, ProblemKind.Conflict, ProblemKind.PreconditionFailed, ProblemKind.PreconditionRequired, ProblemKind.NotValid],
        }),
        new("DELETE", "/{kind}/{name}", SetupPermission.Manage, DeleteAsync, new("Delete an entry that nothing uses", 204) { Problems = [ProblemKind.Provisioned, ProblemKind.InUse, ProblemKind.PreconditionFailed] }),
    ];

    private static Task ListAsync(ApiRequest request)
    {
        var catalog = request.Get<CurrentCatalog>().Snapshot;
        return Page.WriteAsync(request, request.Get<EntryBook>().All(request.Kind), e => (e.Name, e.Label), (json, entry) => EntryItem.Write(json, entry, catalog));
    }

    private static Task ShowAsync(ApiRequest request)
    {
        var entry = request.Get<EntryBook>().Get(request.Kind, request.Name);
        request.Context.Response.Headers.ETag = entry.ETag;
        return ApiAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, json => EntryItem.Write(json, entry, request.Get<CurrentCatalog>().Snapshot));
    }

    private static async Task CreateAsync(ApiRequest request)
    {
        var sent = await ApiBody.ReadAsync(request.Context);
        // One without a name is judged like any other, and the fault is told.
        var name = EntryJson.Text(sent, "name") ?? "";
        await ChangeAsync(request, now => EntryPlan.Create(request, name, sent, now));
    }

    private static async Task PutAsync(ApiRequest request)
    {
        var sent = await ApiBody.ReadAsync(request.Context);
        var precondition = Precondition.Of(request.Context.Request, sent);
        await ChangeAsync(request, now => EntryPlan.Replace(request, precondition, sent, now));
    }

    private static async Task DeleteAsync(ApiRequest request)
    {
        var precondition = Precondition.Of(request.Context.Request, sent: null);
        await request.Get<EntryChanges>().MakeAsync(now => EntryPlan.Delete(request, precondition, now), request.Administrator.Name, request.Context.RequestAborted);
        await ApiAnswer.WriteNothingAsync(request.Context);
    }

    /// <exception cref="ProblemException">An entry of this name is provisioned.</exception>
    public static void RefuseProvisioned(ApiRequest request, string name, EntryKind? kind = null)
    {
        if (request.Get<EntryBook>().Provisioned(kind ?? request.Kind, name) is { } entry)
        {
            throw new ProblemException(
                ProblemKind.Provisioned, $"The {entry.Kind.InWords()} {entry.Name} is provisioned by {entry.File}, line {entry.Line}: it is changed there, and not in Setup.");
        }
    }

    /// <summary>Tells what was sent and what there is, so that the two can be put together.</summary>
    public static void WriteBoth(Utf8JsonWriter json, CatalogSnapshot catalog, PlannedChange planned)
    {
        var yours = planned.After is null ? null : EntryView.Of(planned.After).Unjudged();
        var current = planned.Before is null ? null : EntryView.Of(planned.Before);
        foreach (var (member, entry) in new[] { (nameof(yours), yours), (nameof(current), current) })
        {
            if (entry is null)
            {
                json.WriteNull(member);
                continue;
            }
            json.WriteStartObject(member);
            EntryItem.Write(json, entry, catalog);
            json.WriteEndObject();
        }
    }

    private static async Task ChangeAsync(ApiRequest request, Func<IReadOnlyList<StoredEntry>, PlannedChange> plan)
    {
        var dryRun = request.Flag(DryRun);
        var outcome = await request.Get<EntryChanges>().MakeAsync(plan, dryRun ? null : request.Administrator.Name, request.Context.RequestAborted);
        var (entry, created) = (EntryView.Of(Answered(outcome)), outcome.Planned.Before is null);
        request.Context.Response.Headers.ETag = entry.ETag;
        if (created)
            request.Context.Response.Headers.Location = $"{ApiMiddleware.Root}/{request.Path[ApiRequest.KindSegment]}/{Uri.EscapeDataString(entry.Name)}";
        await ApiAnswer.WriteAsync(request.Context, created ? StatusCodes.Status201Created : StatusCodes.Status200OK, json =>
        {
            EntryItem.Write(json, entry, outcome.Catalog);
            ChangeJson.Write(json, outcome, dryRun);
        });
    }

    /// <summary>The entry as it is from now on; where nothing differs, it stays of its revision.</summary>
    public static StoredEntry Answered(ChangeOutcome outcome) => outcome.Planned.Change is null ? outcome.Planned.Before! : outcome.Planned.After!;
}
