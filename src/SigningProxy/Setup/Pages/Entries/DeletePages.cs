using System.Globalization;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Pages.Entries;

/// <summary>Asks before anything is deleted, and says what uses it.</summary>
internal static class DeletePages
{
    private const string Entry = $"/{{kind}}/{{name}}/{EntryPath.Delete}";
    private const string Principal = $"/external-credentials/{{name}}/principals/{{principal}}/{EntryPath.Delete}";

    public static IReadOnlyList<PageRoute> Routes { get; } =
    [
        new("GET", Entry, SetupPermission.Manage, request => ShowAsync(OfEntry(request))),
        new("POST", Entry, SetupPermission.Manage, request => SendAsync(OfEntry(request))),
        new("GET", Principal, SetupPermission.Manage, request => ShowAsync(OfPrincipal(request))),
        new("POST", Principal, SetupPermission.Manage, request => SendAsync(OfPrincipal(request))),
    ];

    private static Deletion OfEntry(ApiRequest request)
    {
        EntryEndpoints.RefuseProvisioned(request, request.Name);
        var entry = request.Get<EntryBook>().Get(request.Kind, request.Name);
        return new Deletion(request, $"the {entry.Kind.InWords()} {entry.Name}", entry)
        {
            Plan = (edited, now) => EntryPlan.Delete(request, edited, now),
            Back = EntryPath.Of(entry.Kind, entry.Name),
            Done = $"{EntryPath.List(entry.Kind)}?deleted={Uri.EscapeDataString(entry.Name)}",
        };
    }

    private static Deletion OfPrincipal(ApiRequest request)
    {
        EntryEndpoints.RefuseProvisioned(request, request.Name, EntryKind.ExternalCredential);
        var owner = request.Get<EntryBook>().Get(EntryKind.ExternalCredential, request.Name);
        var (_, name, _) = PrincipalPlan.Get(owner, request.Principal);
        var back = EntryPath.Of(EntryKind.ExternalCredential, owner.Name);
        return new Deletion(request, $"the principal {name} of {owner.Name}", owner) { Plan = (edited, now) => PrincipalPlan.Delete(request, edited, now), Back = back, Done = $"{back}#principals" };
    }

    private static async Task ShowAsync(Deletion deletion)
    {
        try
        {
            await MakeAsync(deletion, who: null, deletion.Owner.Revision);
            await WriteAsync(deletion, StatusCodes.Status200OK, null);
        }
        catch (ProblemException problem) when (problem.Kind == ProblemKind.InUse)
        {
            await WriteAsync(deletion, StatusCodes.Status200OK, problem);
        }
    }

    private static async Task SendAsync(Deletion deletion)
    {
        var values = await new FormRequest(deletion.Request).ReadAsync(new FormTable("", []));
        if (!long.TryParse(values.Of(FormNames.Revision), NumberStyles.None, CultureInfo.InvariantCulture, out var revision))
            throw new ProblemException(ProblemKind.PreconditionRequired, "The form does not say which revision is to be deleted. Open the page again.");
        try
        {
            await MakeAsync(deletion, deletion.Request.Administrator.Name, revision);
            await PageAnswer.SeeOther(deletion.Request.Context, deletion.Done);
        }
        catch (ProblemException problem) when (problem.Kind == ProblemKind.InUse || problem.Kind == ProblemKind.Conflict)
        {
            await WriteAsync(deletion, problem.Kind.Status, problem);
        }
    }

    private static Task<ChangeOutcome> MakeAsync(Deletion deletion, string? who, long revision) => deletion.Request.Get<EntryChanges>().MakeAsync(
        now => deletion.Plan(new Precondition(null, IfNoneMatch: false, revision), now), who, deletion.Request.Context.RequestAborted);

    private static Task WriteAsync(Deletion deletion, int status, ProblemException? problem)
    {
        var context = deletion.Request.Context;
        var users = problem is null ? [] : FormFault.UsersOf(problem);
        return PageAnswer.WriteAsync(context, status, Slices.Delete(new DeleteView(
            PageFrame.Of(context, $"Delete {deletion.What}?", EntryPath.List(deletion.Owner.Kind)), deletion.Owner.Revision, deletion.Back)
        {
            Changed = problem?.Kind == ProblemKind.Conflict,
            UsedBy = [.. users.Select(u => (EntryKind: Enum.Parse<EntryKind>(u.Kind, ignoreCase: true), u.Name)).Select(u => ($"{u.EntryKind.InWords()} {u.Name}", EntryPath.Of(u.EntryKind, u.Name)))],
        }));
    }

    private sealed record Deletion(ApiRequest Request, string What, EntryView Owner)
    {
        public required Func<Precondition, IReadOnlyList<StoredEntry>, PlannedChange> Plan { get; init; }

        public required string Back { get; init; }

        public required string Done { get; init; }
    }
}

/// <summary>Asks whether something is to be deleted.</summary>
/// <param name="Frame">What stands around it; its title is the question.</param>
/// <param name="Revision">The revision that is asked about.</param>
/// <param name="Back">Where to go without deleting.</param>
internal sealed record DeleteView(PageFrame Frame, long Revision, string Back)
{
    /// <summary>What uses it, each with its path: as long as anything does, it cannot be deleted.</summary>
    public IReadOnlyList<(string Text, string Path)> UsedBy { get; init; } = [];

    /// <summary>Whether it was changed since it was asked about.</summary>
    public bool Changed { get; init; }
}
