using System.Globalization;
using System.Text.Json;
using SigningProxy.Catalog;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>The principals of an external credential, each as if it were an entry; revision and entity tag are the external credential's.</summary>
internal static class PrincipalEndpoints
{
    public const string Root = "/external-credentials/{name}/principals";
    private const string One = $"{Root}/{{principal}}";

    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", Root, SetupPermission.View, ListAsync, new("List the principals of an external credential by name", 200) { Query = Page.Query, Answer = "principalPage" }),
        new("GET", One, SetupPermission.View, ShowAsync, new("Show a principal", 200) { Answer = "principal" }),
        new("PUT", One, SetupPermission.Manage, PutAsync, new("Create a principal, or replace all of it", 200, 201)
        {
            Body = "principal", Answer = "principal",
            Problems = [ProblemKind.Provisioned, ProblemKind.Immutable, ProblemKind.Conflict, ProblemKind.PreconditionFailed, ProblemKind.PreconditionRequired, ProblemKind.NotValid],
        }),
        new("DELETE", One, SetupPermission.Manage, DeleteAsync, new("Delete a principal that nothing uses", 204) { Problems = [ProblemKind.Provisioned, ProblemKind.InUse, ProblemKind.PreconditionFailed] }),
    ];

    private static Task ListAsync(ApiRequest request)
    {
        var (owner, catalog) = (Owner(request), request.Get<CurrentCatalog>().Snapshot);
        var principals = owner.Principals().OrderBy(p => p.Name, DeveloperName.Comparer).ThenBy(p => p.Name, StringComparer.Ordinal).ToList();
        return Page.WriteAsync(request, principals, p => (p.Name, null), (json, p) => EntryItem.WritePrincipal(json, owner, p.Fields, catalog));
    }

    private static Task ShowAsync(ApiRequest request)
    {
        var owner = Owner(request);
        var (_, _, fields) = PrincipalPlan.Get(owner, request.Principal);
        return AnswerAsync(request, owner, fields, request.Get<CurrentCatalog>().Snapshot, StatusCodes.Status200OK);
    }

    private static async Task PutAsync(ApiRequest request)
    {
        var sent = await ApiBody.ReadAsync(request.Context);
        var precondition = Precondition.Of(request.Context.Request, sent);
        var created = false;
        var dryRun = request.Flag("dryRun");
        var outcome = await request.Get<EntryChanges>().MakeAsync(
            now =>
            {
                var planned = PrincipalPlan.Replace(request, precondition, sent, now);
                created = PrincipalPlan.Of(request, now).Principal is null;
                return planned;
            },
            dryRun ? null : request.Administrator.Name, request.Context.RequestAborted);
        var owner = EntryView.Of(EntryEndpoints.Answered(outcome));
        await AnswerAsync(request, owner, PrincipalPlan.Get(owner, request.Principal).Fields, outcome.Catalog, created ? StatusCodes.Status201Created : StatusCodes.Status200OK, json => ChangeJson.Write(json, outcome, dryRun));
    }

    private static async Task DeleteAsync(ApiRequest request)
    {
        var precondition = Precondition.Of(request.Context.Request, sent: null);
        await request.Get<EntryChanges>().MakeAsync(now => PrincipalPlan.Delete(request, precondition, now), request.Administrator.Name, request.Context.RequestAborted);
        await ApiAnswer.WriteNothingAsync(request.Context);
    }

    private static EntryView Owner(ApiRequest request) => request.Get<EntryBook>().Get(EntryKind.ExternalCredential, request.Name);

    private static Task AnswerAsync(ApiRequest request, EntryView owner, YamlMap fields, CatalogSnapshot catalog, int status, Action<Utf8JsonWriter>? more = null)
    {
        request.Context.Response.Headers.ETag = owner.ETag;
        if (status == StatusCodes.Status201Created)
            request.Context.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"{ApiMiddleware.Root}/external-credentials/{owner.Name}/principals/{Uri.EscapeDataString(request.Principal)}");
        return ApiAnswer.WriteAsync(request.Context, status, json =>
        {
            EntryItem.WritePrincipal(json, owner, fields, catalog);
            more?.Invoke(json);
        });
    }
}
