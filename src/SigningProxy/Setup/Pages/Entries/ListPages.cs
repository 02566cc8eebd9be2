using SigningProxy.Catalog;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Pages.Entries;

/// <summary>The list of each kind of entry.</summary>
internal static class ListPages
{
    private const int Most = 50;

    public static IReadOnlyList<PageRoute> Routes { get; } = [new("GET", "/{kind}", SetupPermission.View, ShowAsync)];

    private static Task ShowAsync(ApiRequest request)
    {
        var (kind, text, after) = (request.Kind, request.Query("q") ?? "", request.Query("after"));
        var all = request.Get<EntryBook>().All(kind);
        var found = all.Where(e => Has(e.Name, text) || Has(e.Label, text)).ToList();
        var behind = found.Where(e => after is null || DeveloperName.Comparer.Compare(e.Name, after) > 0).ToList();
        var saved = request.Query("saved") is { } name ? all.FirstOrDefault(e => e.Name == name) : null;
        return PageAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, Slices.List(new ListView(
            PageFrame.Of(request.Context, EntryPath.Title(kind), EntryPath.List(kind)),
            ["Name", "Label", .. Headings(kind)],
            [.. behind.Take(Most).Select(e => (IReadOnlyList<ListCell>)[NameOf(e), new(e.Label ?? ""), .. Cells(e, request)])])
        {
            Path = EntryPath.List(kind),
            One = FormTables.Of(kind).Kind,
            New = EntryPath.New(kind),
            Text = text,
            Total = found.Count,
            Next = behind.Count > Most ? $"{EntryPath.List(kind)}?after={Uri.EscapeDataString(behind[Most - 1].Name)}&q={Uri.EscapeDataString(text)}" : null,
            Saved = saved is null ? null : (saved.Name, EntryPath.Of(kind, saved.Name)),
            Warnings = saved is null ? [] : EntryWarnings.Of(request, saved),
            Deleted = request.Query("deleted") is { } gone && all.All(e => e.Name != gone) ? gone : null,
        }));
    }

    private static ListCell NameOf(EntryView entry) => new(entry.Name)
    {
        Path = EntryPath.Of(entry.Kind, entry.Name),
        Provisioned = entry.Provisioned is var (file, line) ? $"{file}:{line}" : null,
    };

    private static string[] Headings(EntryKind kind) => kind switch
    {
        EntryKind.ExternalCredential => ["Service", "Region", "Status"],
        EntryKind.NamedCredential => ["URL", "External Credential", "Status"],
        EntryKind.Certificate => ["Ends", "Status"],
        EntryKind.PermissionSet => ["Callers", "Principals"],
        EntryKind.Profile => ["Principals"],
        _ => ["Profile", "Proofs"],
    };

    private static ListCell[] Cells(EntryView entry, ApiRequest request)
    {
        var (catalog, now) = (request.Get<CurrentCatalog>().Snapshot, request.Get<TimeProvider>().GetUtcNow());
        ListCell Text(string path) => new(YamlPath.Text(entry.Fields, path) ?? "");
        ListCell Texts(string path) => new(YamlPath.Get(entry.Fields, path) is YamlList list ? string.Join(", ", list.Items.OfType<YamlText>().Select(t => t.Value)) : "");
        switch (entry.Kind)
        {
            case EntryKind.ExternalCredential:
                return [Text("service"), Text("region"), new("") { Status = StatusWord.Of(EntryStatus.Of(catalog, entry.Name)) }];
            case EntryKind.NamedCredential:
                var external = YamlPath.Text(entry.Fields, "externalCredential") ?? "";
                return [Text("url"), new(external) { Path = EntryPath.Of(EntryKind.ExternalCredential, external) }, new("") { Status = Enabled(entry) }];
            case EntryKind.Certificate:
                var chain = catalog.Certificates.GetValueOrDefault(entry.Name);
                return [new(chain is null ? "" : PageInstant.Of(chain.Life.End)), new("") { Status = StatusWord.Of(chain, now) }];
            case EntryKind.PermissionSet:
                return [Texts("callers"), Texts("principals")];
            case EntryKind.Profile:
                return [Texts("principals")];
            default:
                return [Text("profile"), new(string.Join(", ", ((YamlPath.Get(entry.Fields, "proofs") as YamlList)?.Items ?? []).OfType<YamlMap>().SelectMany(p => p.Entries).Select(e => e.Key.Value)))];
        }
    }

    private static StatusWord Enabled(EntryView entry) =>
        YamlPath.Text(entry.Fields, "enabledForCallouts")?.ToLowerInvariant() == FormValues.Off ? new("Off", "plain", "It is not enabled for callouts.") : new("Enabled", "good");

    private static bool Has(string? within, string text) => within?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
