using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Pages.Entries;

/// <summary>The forms of whole entries.</summary>
internal static class EntryFormPages
{
    private const string Edit = $"/{{kind}}/{{name}}/{EntryPath.Edit}";

    private const string Renamed = "It can't be modified: whatever uses it does so by this name. To change it, make another and delete this one.";

    public static IReadOnlyList<PageRoute> Routes { get; } =
    [
        new("GET", "/new/{kind}", SetupPermission.Manage, request => New(request).ShowAsync()),
        new("POST", "/new/{kind}", SetupPermission.Manage, request => New(request).SendAsync()),
        new("GET", Edit, SetupPermission.Manage, request => Existing(request).ShowAsync()),
        new("POST", Edit, SetupPermission.Manage, request => Existing(request).SendAsync()),
    ];

    private static FormPage New(ApiRequest request)
    {
        var (kind, table) = (request.Kind, FormTables.Of(request.Kind));
        return new FormPage(request, PageFrame.Of(request.Context, $"New {table.Kind}", EntryPath.List(kind)), table)
        {
            Plan = (sent, _, now) => EntryPlan.Create(request, EntryJson.Text(sent, "name") ?? "", sent, now),
            Back = EntryPath.List(kind),
            Done = sent => Saved(kind, EntryJson.Text(sent, "name") ?? ""),
        };
    }

    private static FormPage Existing(ApiRequest request)
    {
        EntryEndpoints.RefuseProvisioned(request, request.Name);
        var entry = request.Get<EntryBook>().Get(request.Kind, request.Name);
        var table = FormTables.Of(entry.Kind).WithFixed("name", Renamed);
        return new FormPage(request, PageFrame.Of(request.Context, $"Edit {table.Kind} {entry.Name}", EntryPath.List(entry.Kind)), table)
        {
            Now = (entry.Fields, entry.Revision),
            Plan = (sent, edited, now) => EntryPlan.Replace(request, edited, sent, now),
            Back = EntryPath.Of(entry.Kind, entry.Name),
            Done = _ => Saved(entry.Kind, entry.Name),
        };
    }

    private static string Saved(EntryKind kind, string name) => $"{EntryPath.List(kind)}?saved={Uri.EscapeDataString(name)}";
}
