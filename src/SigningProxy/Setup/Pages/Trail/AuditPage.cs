using System.Globalization;
using System.Text.RegularExpressions;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Administrators;
using SigningProxy.Setup.Pages.Entries;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Pages.Trail;

/// <summary>Who changed what and when, the latest first.</summary>
internal static partial class AuditPage
{
    public const string Path = "/audit";

    private const int Most = 50;

    public static IReadOnlyList<PageRoute> Routes { get; } = [new("GET", Path, SetupPermission.View, ShowAsync)];

    /// <summary>The kinds that rows are of: each as a word of paths, and what it is called.</summary>
    public static IReadOnlyList<(string Word, string Label)> Kinds { get; } =
        [.. ApiKinds.All.Select(k => (k.Word, EntryPath.Title(k.Kind))), ("principals", "Principals"), (AdministratorItem.Kind, "Administrators")];

    private static Task ShowAsync(ApiRequest request)
    {
        var (kind, name, who) = (Asked(request, "kind"), Asked(request, "name"), Asked(request, "who"));
        var before = Asked(request, "before") is null ? (long?)null : request.Number("before", 1, long.MaxValue);
        var rows = request.Get<SetupStore>().Audit(new AuditQuery(Most + 1, before, AuditEndpoint.KindOf(kind), name, who));
        var book = new Lazy<HashSet<(EntryKind, string)>>(() => [.. ApiKinds.All.SelectMany(k => request.Get<EntryBook>().All(k.Kind)).Select(e => (e.Kind, e.Name))]);
        return PageAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, Slices.Audit(new AuditView(
            PageFrame.Of(request.Context, "Audit Trail", Path), [.. rows.Take(Most).Select(r => LineOf(r, book.Value))])
        {
            Kind = kind ?? "",
            Name = name ?? "",
            Who = who ?? "",
            Next = rows.Count > Most ? QueryOf(rows[Most - 1].Id, kind, name, who) : null,
            IsFirst = before is null,
        }));
    }

    // A form sends what is not filled in, too.
    private static string? Asked(ApiRequest request, string name) => request.Query(name) is { Length: > 0 } text ? text : null;

    private static string QueryOf(long before, string? kind, string? name, string? who) => string.Create(
        CultureInfo.InvariantCulture, $"{Path}?before={before}&kind={Uri.EscapeDataString(kind ?? "")}&name={Uri.EscapeDataString(name ?? "")}&who={Uri.EscapeDataString(who ?? "")}");

    private static AuditLine LineOf(AuditRow row, HashSet<(EntryKind, string)> entries)
    {
        var kind = Enum.TryParse<EntryKind>(row.Kind, out var known) ? known : (EntryKind?)null;
        var path = row.Name is null ? null
            : row.Kind == StoredAdministrator.Kind ? AdministratorPath.List
            : kind is { } of && entries.Contains((of, row.Name)) ? EntryPath.Of(of, row.Name)
            : null;
        return new AuditLine(PageInstant.Of(row.Time), row.Who, row.What, kind?.InWords() ?? row.Kind?.ToLowerInvariant(), row.Name, path)
        {
            Changes = row.What == "changed" ? [.. row.Fields.Select(f => ChangeOf(f, kind)).Distinct()] : [],
            Revisions = (row.FromRevision, row.ToRevision) switch
            {
                (null, null) => null,
                (null, var to) => string.Create(CultureInfo.InvariantCulture, $"revision {to}"),
                (var from, null) => string.Create(CultureInfo.InvariantCulture, $"was revision {from}"),
                var (from, to) => string.Create(CultureInfo.InvariantCulture, $"revision {from} to {to}"),
            },
        };
    }

    /// <summary>Such as "Region", or "principals[0].accessSecret: a secret, changed".</summary>
    private static string ChangeOf(string field, EntryKind? kind)
    {
        var path = Places().Replace(field, "").Replace('.', '/');
        var last = path[(path.LastIndexOf('/') + 1)..];
        var fields = kind is { } of ? FormTables.Of(of).Fields.Concat(FormTables.Of(of).Fields.SelectMany(f => f.Columns.Select(c => c with { Path = $"{f.Path}/{c.Path}" }))) : [];
        var word = fields.FirstOrDefault(f => f.Path == path)?.Label ?? field;
        return FieldForms.Secrets.Contains(last) ? $"{word}: a secret, changed" : word;
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Places();
}
