using System.Globalization;
using SigningProxy.Catalog;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Entries;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Pages.Administrators;

/// <summary>The administrators, by the rules of the API.</summary>
internal static class AdministratorPages
{
    private const string Nothing = "Nothing was changed.";

    public static IReadOnlyList<PageRoute> Routes { get; } =
    [
        new("GET", AdministratorPath.List, SetupPermission.View, ListAsync),
        new("GET", AdministratorPath.New, SetupPermission.Manage, request => WriteAsync(request, StatusCodes.Status200OK, New(request))),
        new("POST", AdministratorPath.New, SetupPermission.Manage, MakeAsync),
        new("GET", AdministratorPath.EditPattern, SetupPermission.Manage, request => WriteAsync(request, StatusCodes.Status200OK, Existing(request))),
        new("POST", AdministratorPath.EditPattern, SetupPermission.Manage, ChangeAsync),
        new("GET", AdministratorPath.DeletePattern, SetupPermission.Manage, request => AskAsync(request, StatusCodes.Status200OK)),
        new("POST", AdministratorPath.DeletePattern, SetupPermission.Manage, DeleteAsync),
    ];

    private static Task ListAsync(ApiRequest request)
    {
        var all = request.Get<AdministratorList>();
        return PageAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, Slices.Administrators(new AdministratorsView(
            PageFrame.Of(request.Context, "Administrators", AdministratorPath.List),
            [.. all.Declared.Select(AdministratorItem.Of).Concat(all.Stored().Select(AdministratorItem.Of)).OrderBy(i => i.Name, DeveloperName.Comparer).Select(AdministratorLine.Of)])));
    }

    private static async Task MakeAsync(ApiRequest request)
    {
        var view = await ReadAsync(request, New(request));
        var named = request with { Path = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = view.Form.Values.Of("name").Trim() } };
        await PutAsync(named, view, new Precondition(null, IfNoneMatch: true, null));
    }

    private static async Task ChangeAsync(ApiRequest request)
    {
        var view = Existing(request);
        var (name, now) = (view.Form.Values.Of("name"), view.Form.Revision);
        view = await ReadAsync(request, view);
        // What cannot be changed is sent by nobody.
        view.Form.Values["name"] = name;
        await PutAsync(request, view with { Form = view.Form with { Revision = now } }, new Precondition(null, IfNoneMatch: false, RevisionIn(view.Form.Values)));
    }

    private static async Task PutAsync(ApiRequest request, AdministratorFormView view, Precondition edited)
    {
        try
        {
            AdministratorEndpoints.RefuseDeclared(request);
            if (!DeveloperName.IsValid(request.Name))
                throw AdministratorFault.Problem(request.Name, [AdministratorFault.OfName]);
            var change = request.Get<AdministratorChanges>().Put(request.Name, AdministratorForm.Read(view.Form.Values), edited, isDryRun: false, request.Administrator.Name);
            await (change.Token is { } token
                ? PageAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, Slices.AdministratorToken(new AdministratorTokenView(view.Form.Frame with { Title = $"The token of {change.After.Name}" }, token)))
                : PageAnswer.SeeOther(request.Context, AdministratorPath.List));
        }
        catch (ProblemException problem) when (problem.Kind != ProblemKind.NotFound)
        {
            await WriteAsync(request, problem.Kind.Status, WithProblem(view, problem));
        }
    }

    private static AdministratorFormView WithProblem(AdministratorFormView view, ProblemException problem)
    {
        if (problem.Kind == ProblemKind.PreconditionFailed)
            return view with { Form = view.Form with { Problem = Nothing, Faults = [new FormFault("/name", "", "There is one of this name already. Take another name.")] } };
        var said = problem.Kind == ProblemKind.NotValid ? Nothing
            : problem.Kind == ProblemKind.Conflict ? "Somebody else changed it meanwhile, and nothing was saved. What it is now stands below; what you typed is still here, and saving takes its place."
            : problem.Message;
        return view with { Form = view.Form with { Problem = said, Faults = FormFault.Of(problem) }, HasChanged = problem.Kind == ProblemKind.Conflict };
    }

    private static async Task DeleteAsync(ApiRequest request)
    {
        var values = await new FormRequest(request).ReadAsync(new FormTable("", []));
        AdministratorEndpoints.RefuseDeclared(request);
        try
        {
            request.Get<AdministratorChanges>().Delete(AdministratorEndpoints.Get(request), new Precondition(null, IfNoneMatch: false, RevisionIn(values)), request.Administrator.Name);
        }
        catch (ProblemException problem) when (problem.Kind == ProblemKind.Conflict)
        {
            await AskAsync(request, problem.Kind.Status, changed: true);
            return;
        }
        await PageAnswer.SeeOther(request.Context, AdministratorPath.List);
    }

    private static Task AskAsync(ApiRequest request, int status, bool changed = false)
    {
        AdministratorEndpoints.RefuseDeclared(request);
        var found = AdministratorEndpoints.Get(request);
        return PageAnswer.WriteAsync(request.Context, status, Slices.Delete(new DeleteView(
            PageFrame.Of(request.Context, $"Delete the administrator {found.Name}?", AdministratorPath.List), found.Revision, AdministratorPath.List)
        { Changed = changed }));
    }

    private static AdministratorFormView New(ApiRequest request) => ViewOf(request, "New Administrator", AdministratorForm.Of(hasToken: false), item: null);

    private static AdministratorFormView Existing(ApiRequest request)
    {
        AdministratorEndpoints.RefuseDeclared(request);
        var item = AdministratorItem.Of(AdministratorEndpoints.Get(request));
        return ViewOf(request, $"Edit Administrator {item.Name}", AdministratorForm.Of(item.HasToken).WithFixed("name", "It cannot be changed: make another administrator."), item);
    }

    private static AdministratorFormView ViewOf(ApiRequest request, string title, FormTable table, AdministratorItem? item)
    {
        var values = item is null ? table.ValuesOf(null) : AdministratorForm.ValuesOf(table, item);
        var form = new FormView(table, values)
        {
            Frame = PageFrame.Of(request.Context, title, AdministratorPath.List),
            Revision = item?.Revision,
            Seal = new FormRequest(request).Seal,
            Back = AdministratorPath.List,
        };
        return new AdministratorFormView(form, item is null ? null : AdministratorLine.Of(item));
    }

    private static async Task<AdministratorFormView> ReadAsync(ApiRequest request, AdministratorFormView view) =>
        view with { Form = view.Form with { Values = await new FormRequest(request).ReadAsync(view.Form.Table) } };

    private static long RevisionIn(FormValues values) => long.TryParse(values.Of(FormNames.Revision), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
        ? revision
        : throw new ProblemException(ProblemKind.PreconditionRequired, "The form does not say which revision it is of. Open the page again.");

    private static Task WriteAsync(ApiRequest request, int status, AdministratorFormView view) => PageAnswer.WriteAsync(request.Context, status, Slices.AdministratorForm(view));
}
