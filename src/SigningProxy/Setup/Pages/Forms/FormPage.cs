using System.Globalization;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Setup.Api;
using SigningProxy.Store;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>The page of a form, whatever it is of: shows it, and does what it asks for by the rules of the API.</summary>
/// <param name="Request">The request.</param>
/// <param name="Frame">What stands around it.</param>
/// <param name="Table">The fields.</param>
internal sealed record FormPage(ApiRequest Request, PageFrame Frame, FormTable Table)
{
    /// <summary>What the entry is, and its revision; null for a new one.</summary>
    public (YamlMap Fields, long Revision)? Now { get; init; }

    /// <summary>Says what is to change, given what was filled in, the revision that was edited, and the entries of the store.</summary>
    public required Func<YamlMap, Precondition, IReadOnlyList<StoredEntry>, PlannedChange> Plan { get; init; }

    /// <summary>Where to go without saving.</summary>
    public required string Back { get; init; }

    /// <summary>Where to go once what was filled in is saved.</summary>
    public required Func<YamlMap, string> Done { get; init; }

    private FormRequest Form => new(Request);

    public Task ShowAsync() => WriteAsync(StatusCodes.Status200OK, ViewOf(Table.ValuesOf(Now?.Fields)));

    /// <exception cref="ProblemException">It can be told by no form.</exception>
    public async Task SendAsync()
    {
        var values = await Form.ReadAsync(Table);
        var (was, edited) = (Table.ValuesOf(Now?.Fields), EditedIn(values));
        foreach (var fixedField in Table.Fields.Where(f => f.FixedBecause is not null))
            values[fixedField.Name] = was.Of(fixedField.Name);
        switch (values.Of(FormNames.Do))
        {
            case FormNames.Show:
                await WriteAsync(StatusCodes.Status200OK, ViewOf(values) with { Revision = edited });
                break;
            case FormNames.Merge:
                FormDifference.Merge(Table, values, was);
                await WriteAsync(StatusCodes.Status200OK, ViewOf(values));
                break;
            default:
                await SaveAsync(values, was, edited);
                break;
        }
    }

    private async Task SaveAsync(FormValues values, FormValues was, long? edited)
    {
        var sent = Table.Read(values, Now?.Fields);
        if (edited != Now?.Revision)
        {
            var differences = FormDifference.Of(Table, values, was);
            await (differences.Count == 0
                ? PageAnswer.SeeOther(Request.Context, Done(sent))
                : PageAnswer.WriteAsync(Request.Context, StatusCodes.Status409Conflict, Slices.Conflict(new ConflictView(ViewOf(values), differences) { Edited = edited ?? 0 })));
            return;
        }
        try
        {
            await Request.Get<EntryChanges>().MakeAsync(
                now => Plan(sent, new Precondition(null, IfNoneMatch: false, edited), now), Request.Administrator.Name, Request.Context.RequestAborted);
            await PageAnswer.SeeOther(Request.Context, Done(sent));
        }
        catch (ProblemException problem) when (problem.Kind == ProblemKind.NotValid)
        {
            await WriteAsync(problem.Kind.Status, ViewOf(values) with { Problem = problem.Message, Faults = FormFault.Of(problem) });
        }
        catch (ProblemException problem) when (problem.Kind == ProblemKind.AlreadyExists)
        {
            var taken = new FormFault("/name", "", "There is one of this name already; upper and lower case are alike. Take another name.");
            await WriteAsync(problem.Kind.Status, ViewOf(values) with { Problem = "Nothing was changed.", Faults = [taken] });
        }
        catch (ProblemException problem) when (problem.Kind == ProblemKind.Conflict || problem.Kind == ProblemKind.Immutable)
        {
            // Changed at this very moment: sent once more, it meets what there is by then.
            await WriteAsync(problem.Kind.Status, ViewOf(values) with { Problem = problem.Message, Revision = edited });
        }
    }

    private long? EditedIn(FormValues values) => Now is null ? null
        : long.TryParse(values.Of(FormNames.Revision), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision
        : throw new ProblemException(ProblemKind.PreconditionRequired, "The form does not say which revision it edits. Open the page again.");

    private FormView ViewOf(FormValues values) => new(Table, values)
    {
        Frame = Frame,
        Now = Now?.Fields,
        Revision = Now?.Revision,
        Seal = Form.Seal,
        Back = Back,
    };

    private Task WriteAsync(int status, FormView view) => PageAnswer.WriteAsync(Request.Context, status, Slices.Form(view));
}
