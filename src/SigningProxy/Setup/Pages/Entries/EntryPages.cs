using SigningProxy.Catalog;
using SigningProxy.Sessions;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Pages.Entries;

/// <summary>The page of one entry.</summary>
internal static class EntryPages
{
    public static IReadOnlyList<PageRoute> Routes { get; } = [new("GET", "/{kind}/{name}", SetupPermission.View, ShowAsync)];

    private static Task ShowAsync(ApiRequest request)
    {
        var entry = request.Get<EntryBook>().Get(request.Kind, request.Name);
        var (catalog, now) = (request.Get<CurrentCatalog>().Snapshot, request.Get<TimeProvider>().GetUtcNow());
        var details = new EntryDetails(PageFrame.Of(request.Context, entry.Label ?? entry.Name, EntryPath.List(entry.Kind)), entry)
        {
            Fields = EntryDetails.FieldsOf(FormTables.Of(entry.Kind), entry.Fields),
            Status = entry.Kind == EntryKind.Certificate ? StatusWord.Of(catalog.Certificates.GetValueOrDefault(entry.Name), now) : null,
            Warnings = EntryWarnings.Of(request, entry),
            Saved = request.Query("saved"),
        };
        return PageAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, Slices.Details(entry.Kind == EntryKind.ExternalCredential ? WithRelated(details, request, now) : details));
    }

    private static EntryDetails WithRelated(EntryDetails details, ApiRequest request, DateTimeOffset now)
    {
        var (entry, catalog) = (details.Entry, request.Get<CurrentCatalog>().Snapshot);
        var sessions = request.Get<SessionCache>().StatusesOf(catalog).Where(s => s.ExternalCredential == entry.Name).ToLookup(s => s.Principal);
        return details with
        {
            Status = StatusWord.Of(EntryStatus.Of(catalog, entry.Name)),
            Principals =
            [
                .. entry.Principals().OrderBy(p => int.TryParse(YamlPath.Text(p.Fields, "sequenceNumber"), out var number) ? number : int.MaxValue).Select(p =>
                {
                    var session = sessions[p.Name].FirstOrDefault();
                    return new PrincipalLine(p.Name, YamlPath.Text(p.Fields, "sequenceNumber") ?? "", StatusWord.Of(EntryStatus.Of(catalog, entry.Name, p.Name)), StatusWord.Of(session, now))
                    {
                        RoleArn = YamlPath.Text(p.Fields, "roleArn"),
                        Expires = session?.Expiration is { } end ? PageInstant.Of(end) : null,
                    };
                }),
            ],
            NamedCredentials =
            [
                .. request.Get<EntryBook>().All(EntryKind.NamedCredential)
                    .Where(n => DeveloperName.Comparer.Equals(YamlPath.Text(n.Fields, "externalCredential"), entry.Name))
                    .Select(n => (n.Name, YamlPath.Text(n.Fields, "url") ?? "")),
            ],
        };
    }
}
