using SigningProxy.Catalog;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>The administrators: those of the host settings can be read, and those made in Setup changed too.</summary>
internal static class AdministratorEndpoints
{
    public const string Root = $"/{AdministratorItem.Kind}";

    private const string One = $"{Root}/{{name}}";

    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", Root, SetupPermission.View, ListAsync, new("List the administrators by name, those of the host settings among them", 200) { Query = Page.Query, Answer = "AdministratorPage" }),
        new("GET", One, SetupPermission.View, ShowAsync, new("Show an administrator, without any token", 200) { Answer = "Administrator" }),
        new("PUT", One, SetupPermission.Manage, PutAsync, new("Make an administrator, or replace all of it", 200, 201)
        {
            Body = "AdministratorInput", BodyTypes = RouteSaid.JsonAlone, Answer = "MadeAdministrator", Query = EntryEndpoints.DryRunQuery,
            Problems =
            [
                ProblemKind.Provisioned, ProblemKind.Conflict, ProblemKind.LastAdministrator, ProblemKind.PreconditionFailed, ProblemKind.PreconditionRequired, ProblemKind.NotValid,
            ],
        }),
        new("DELETE", One, SetupPermission.Manage, DeleteAsync, new("Delete an administrator, unless nobody else may Manage", 204)
        {
            Problems = [ProblemKind.Provisioned, ProblemKind.Conflict, ProblemKind.LastAdministrator, ProblemKind.PreconditionFailed],
        }),
    ];

    private static Task ListAsync(ApiRequest request)
    {
        var administrators = request.Get<AdministratorList>();
        var all = administrators.Declared.Select(AdministratorItem.Of).Concat(administrators.Stored().Select(AdministratorItem.Of)).OrderBy(i => i.Name, DeveloperName.Comparer).ToList();
        return Page.WriteAsync(request, all, i => (i.Name, null), (json, item) => item.Write(json));
    }

    private static Task ShowAsync(ApiRequest request)
    {
        var declared = request.Get<AdministratorList>().Declared.FirstOrDefault(d => DeveloperName.Comparer.Equals(d.Administrator.Name, request.Name));
        return TellAsync(request, StatusCodes.Status200OK, declared is not null ? AdministratorItem.Of(declared) : AdministratorItem.Of(Get(request)), newToken: null);
    }

    private static async Task PutAsync(ApiRequest request)
    {
        var input = await AdministratorInput.ReadAsync(request.Context.Request);
        RefuseDeclared(request);
        if (!DeveloperName.IsValid(request.Name))
            throw AdministratorFault.Problem(request.Name, [AdministratorFault.OfName]);
        var change = request.Get<AdministratorChanges>().Put(
            request.Name, input, Precondition.Of(request.Context.Request, input.Revision), request.Flag(EntryEndpoints.DryRun), request.Administrator.Name);
        await TellAsync(request, change.Before is null ? StatusCodes.Status201Created : StatusCodes.Status200OK, AdministratorItem.Of(change.After), change.Token);
    }

    private static Task DeleteAsync(ApiRequest request)
    {
        RefuseDeclared(request);
        request.Get<AdministratorChanges>().Delete(Get(request), Precondition.Of(request.Context.Request, revision: null), request.Administrator.Name);
        return ApiAnswer.WriteNothingAsync(request.Context);
    }

    /// <exception cref="ProblemException">There is none.</exception>
    public static StoredAdministrator Get(ApiRequest request) =>
        request.Get<AdministratorChanges>().Find(request.Name) ?? throw new ProblemException(ProblemKind.NotFound, "There is no administrator of this name.");

    /// <exception cref="ProblemException">It is one of the host settings.</exception>
    public static void RefuseDeclared(ApiRequest request)
    {
        if (request.Get<AdministratorList>().IsDeclared(request.Name))
        {
            throw new ProblemException(
                ProblemKind.Provisioned, $"The host settings declare this administrator, in {SetupOptions.Section}:{nameof(SetupOptions.Administrators)}: it is changed there, and not in Setup.");
        }
    }

    private static Task TellAsync(ApiRequest request, int status, AdministratorItem item, string? newToken)
    {
        request.Context.Response.Headers.ETag = item.ETag;
        if (status == StatusCodes.Status201Created)
            request.Context.Response.Headers.Location = $"{ApiMiddleware.Root}{Root}/{Uri.EscapeDataString(item.Name)}";
        return ApiAnswer.WriteAsync(request.Context, status, json =>
        {
            item.Write(json);
            if (newToken is not null)
                json.WriteString("newToken", newToken);
        });
    }
}
