using SigningProxy.Configuration.Stored;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange;
using SigningProxy.Exchange.Importing;
using SigningProxy.Exchange.Metadata;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Entries;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Pages.Importing;

/// <summary>Takes over entries of the original: an archive is read and shown as a catalog, which is judged, may be changed, and is then taken whole or not at all.</summary>
internal static class ImportPage
{
    public const string Path = "/import";
    public const string Preview = $"{Path}/preview";
    public const string Archive = "archive";

    private const string Text = "catalog";

    private static readonly FormTable Table = new("Import",
    [
        new(Text, "Catalog", FormInput.Lines, "What will be taken over, as YAML. It may be changed here. Secrets are filled in afterwards, on the pages of their entries: what is typed here is shown again.") { IsRequired = true },
    ]);

    public static IReadOnlyList<PageRoute> Routes { get; } =
    [
        new("GET", Path, SetupPermission.Manage, request => WriteAsync(request, StatusCodes.Status200OK, new ImportView(Frame(request), null))),
        new("POST", Preview, SetupPermission.Manage, PreviewAsync),
        new("POST", Path, SetupPermission.Manage, ImportAsync),
    ];

    private static async Task PreviewAsync(ApiRequest request)
    {
        if (!request.Context.Request.HasFormContentType)
            throw new ProblemException(ProblemKind.UnsupportedMediaType, "Send the form of the page.");
        var file = (await request.Context.Request.ReadFormAsync(request.Context.RequestAborted)).Files.GetFile(Archive);
        try
        {
            if (file is null or { Length: 0 })
                throw new MetadataException("the form", "no archive was chosen", "Choose a zip archive of the metadata folder.");
            using var archive = file.OpenReadStream();
            var preview = MetadataImport.Of(archive, file.FileName);
            var omissions = preview.Omissions.ToList();
            var catalog = SetupEntries.Fit(preview.Catalog, MadeInSetup(request), omissions);
            await JudgeAsync(request, YamlWriter.Write(YamlQuotes.Lighten(catalog)), omissions, isDryRun: true);
        }
        catch (MetadataException refused)
        {
            await WriteAsync(request, ProblemKind.NotValid.Status, new ImportView(Frame(request), null) { Refused = refused.Message });
        }
    }

    private static async Task ImportAsync(ApiRequest request) => await JudgeAsync(request, (await new FormRequest(request).ReadAsync(Table)).Of(Text), [], isDryRun: false);

    /// <summary>Judges the catalog, and takes it over unless that is all; either way what was filled in stays.</summary>
    private static async Task JudgeAsync(ApiRequest request, string text, IReadOnlyList<Omission> omissions, bool isDryRun)
    {
        var frame = Frame(request);
        var form = new FormView(Table, Table.ValuesOf(null)) { Frame = frame, Seal = new FormRequest(request).Seal, Back = Path };
        form.Values[Text] = text;
        var view = new ImportView(frame, form) { Omissions = omissions };
        try
        {
            var catalog = Compose(text);
            view = view with { Checklist = Checklist.Of(catalog) };
            var outcome = await request.Get<CatalogChanges>().MakeAsync(catalog, isDryRun ? null : request.Administrator.Name, request.Context);
            await WriteAsync(request, StatusCodes.Status200OK, view with { Changes = [.. outcome.Changes.Select(Told)], IsDone = !isDryRun });
        }
        catch (ProblemException problem) when (problem.Kind != ProblemKind.NotPermitted)
        {
            var faulty = form with { Problem = $"{problem.Kind.Title}. {problem.Message}", Faults = FormFault.Of(problem) };
            await WriteAsync(request, isDryRun ? StatusCodes.Status200OK : problem.Kind.Status, view with { Catalog = faulty });
        }
    }

    private static YamlMap Compose(string text)
    {
        try
        {
            return YamlComposer.Compose(text) as YamlMap ?? throw new ProblemException(ProblemKind.Malformed, "This is no catalog: write sections such as externalCredentials.");
        }
        catch (YamlFaultException e)
        {
            throw new ProblemException(ProblemKind.Malformed, $"Line {e.Line}: {e.Message}. {e.Mend}");
        }
    }

    private static YamlMap MadeInSetup(ApiRequest request)
    {
        var book = request.Get<EntryBook>();
        return new YamlMap(0, 1, [.. ApiKinds.All.Select(k => (Plain(k.Kind.Section()), (YamlNode)new YamlList(0, 1,
            [.. book.All(k.Kind).Where(e => e.Provisioned is null).Select(e => e.Fields with { Entries = [.. e.Fields.Entries, (Plain("revision"), Plain($"{e.Revision}"))] })])))]);
    }

    private static ImportedEntry Told(EntryChange change) =>
        new(change.Kind.InWords(), change.Name, EntryPath.Of(change.Kind, change.Name), change.Before is null, change.Fields);

    private static YamlText Plain(string text) => new(0, text, Plain: true);

    private static PageFrame Frame(ApiRequest request) => PageFrame.Of(request.Context, "Import", Path);

    private static Task WriteAsync(ApiRequest request, int status, ImportView view) => PageAnswer.WriteAsync(request.Context, status, Slices.Import(view));
}
