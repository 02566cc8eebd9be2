using SigningProxy.Catalog;
using SigningProxy.Sessions;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Pages.Entries;

/// <summary>The forms of principals.</summary>
internal static class PrincipalPages
{
    private const string NewPattern = "/new/external-credentials/{name}/principals";
    private const string Edit = $"/external-credentials/{{name}}/principals/{{principal}}/{EntryPath.Edit}";

    public static IReadOnlyList<PageRoute> Routes { get; } =
    [
        new("GET", NewPattern, SetupPermission.Manage, request => New(request).ShowAsync()),
        new("POST", NewPattern, SetupPermission.Manage, request => New(request).SendAsync()),
        new("GET", Edit, SetupPermission.Manage, request => Existing(request).ShowAsync()),
        new("POST", Edit, SetupPermission.Manage, request => Existing(request).SendAsync()),
    ];

    private static FormPage New(ApiRequest request)
    {
        var owner = Owner(request);
        return new FormPage(request, Frame(request, $"New Principal of {owner.Name}"), PrincipalForm.Of(UsesSts(owner), session: null))
        {
            Plan = (sent, _, now) =>
            {
                var named = request with { Path = new Dictionary<string, string>(request.Path) { ["principal"] = EntryJson.Text(sent, "name") ?? "" } };
                return PrincipalPlan.Of(named, now).Principal is null
                    ? PrincipalPlan.Replace(named, new Precondition(null, IfNoneMatch: false, null), sent, now)
                    : throw new ProblemException(ProblemKind.AlreadyExists, "There is a principal of this name.");
            },
            Back = EntryPath.Of(EntryKind.ExternalCredential, owner.Name),
            Done = sent => Saved(owner, EntryJson.Text(sent, "name") ?? ""),
        };
    }

    private static FormPage Existing(ApiRequest request)
    {
        var owner = Owner(request);
        var (_, name, fields) = PrincipalPlan.Get(owner, request.Principal);
        var catalog = request.Get<CurrentCatalog>().Snapshot;
        var session = request.Get<SessionCache>().StatusesOf(catalog).FirstOrDefault(s => s.ExternalCredential == owner.Name && s.Principal == name);
        var table = PrincipalForm.Of(UsesSts(owner), session).WithFixed("name", PrincipalForm.Recreate).WithFixed("identityType", PrincipalForm.Recreate);
        return new FormPage(request, Frame(request, $"Edit Principal {name} of {owner.Name}"), table)
        {
            Now = (fields, owner.Revision),
            Plan = (sent, edited, now) => PrincipalPlan.Replace(request, edited, sent, now),
            Back = EntryPath.Of(EntryKind.ExternalCredential, owner.Name),
            Done = _ => Saved(owner, name),
        };
    }

    private static EntryView Owner(ApiRequest request)
    {
        EntryEndpoints.RefuseProvisioned(request, request.Name, EntryKind.ExternalCredential);
        return request.Get<EntryBook>().Get(EntryKind.ExternalCredential, request.Name);
    }

    private static PageFrame Frame(ApiRequest request, string title) => PageFrame.Of(request.Context, title, EntryPath.List(EntryKind.ExternalCredential));

    private static bool UsesSts(EntryView owner) => YamlPath.Text(owner.Fields, "variant") is not (null or nameof(CredentialVariant.AccessKey));

    private static string Saved(EntryView owner, string principal) => $"{EntryPath.Of(EntryKind.ExternalCredential, owner.Name)}?saved={Uri.EscapeDataString(principal)}#principals";
}
