using SigningProxy.Access;
using SigningProxy.Catalog;
using SigningProxy.Explain;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Pages.Testing;

/// <summary>Tries things out: who would sign a call, what comes of one, and where AWS's reading of a request differs.</summary>
internal static class TestPage
{
    public const string Path = "/test";
    public const string Send = $"{Path}/send";
    public const string Signature = $"{Path}/signature";

    public static IReadOnlyList<PageRoute> Routes { get; } =
    [
        new("GET", Path, SetupPermission.View, ShowAsync),
        new("POST", Path, SetupPermission.View, request => JudgeAsync(request, (call, view) => Task.FromResult(view with { Decision = call.Report(Catalog(request)) }))),
        new("POST", Send, SetupPermission.Manage, request => JudgeAsync(request, async (call, view) => view with { Answer = await TestCalls.SendAsync(request, call) })),
        new("POST", Signature, SetupPermission.View, ExplainAsync),
    ];

    private static Task ShowAsync(ApiRequest request)
    {
        var view = New(request);
        view.Call.Values["namedCredential"] = request.Query("namedCredential") ?? "";
        return WriteAsync(request, StatusCodes.Status200OK, view);
    }

    private static async Task JudgeAsync(ApiRequest request, Func<TestCall, TestView, Task<TestView>> judge)
    {
        var view = New(request);
        view = view with { Call = view.Call with { Values = await new FormRequest(request).ReadAsync(view.Call.Table) } };
        try
        {
            view = await judge(TestCall.Of(TestInput.Of(view.Call.Table, view.Call.Values)), view);
            await WriteAsync(request, StatusCodes.Status200OK, view);
        }
        catch (ProblemException problem) when (IsOfForm(problem))
        {
            await WriteAsync(request, problem.Kind.Status, view with { Call = WithProblem(view.Call, problem) });
        }
    }

    private static async Task ExplainAsync(ApiRequest request)
    {
        var view = New(request);
        view = view with { Signature = view.Signature with { Values = await new FormRequest(request).ReadAsync(view.Signature.Table) } };
        try
        {
            view = view with { Explanation = await SignatureQuestion.Of(TestInput.Of(view.Signature.Table, view.Signature.Values)).ExplainAsync(request) };
            await WriteAsync(request, StatusCodes.Status200OK, view);
        }
        catch (ExplainException e)
        {
            await WriteAsync(request, ProblemKind.NotValid.Status, view with { Signature = view.Signature with { Problem = e.Message } });
        }
        catch (ProblemException problem) when (IsOfForm(problem))
        {
            await WriteAsync(request, problem.Kind.Status, view with { Signature = WithProblem(view.Signature, problem) });
        }
    }

    // What is typed stays; the rest is told by a page of its own.
    private static bool IsOfForm(ProblemException problem) => problem.Kind == ProblemKind.NotValid || problem.Kind == ProblemKind.NotPermitted;

    private static FormView WithProblem(FormView form, ProblemException problem) => form with
    {
        Problem = problem.Kind == ProblemKind.NotValid ? "What was filled in breaks a rule." : problem.Message,
        Faults = FormFault.Of(problem),
    };

    private static TestView New(ApiRequest request)
    {
        var (frame, catalog) = (PageFrame.Of(request.Context, "Test", Path), Catalog(request));
        return new TestView(frame, FormOf(request, frame, TestForms.Call(catalog)), FormOf(request, frame, TestForms.Signature(catalog)));
    }

    private static FormView FormOf(ApiRequest request, PageFrame frame, FormTable table) => new(table, table.ValuesOf(null)) { Frame = frame, Seal = new FormRequest(request).Seal, Back = Path };

    private static CatalogSnapshot Catalog(ApiRequest request) => request.Get<CurrentCatalog>().Snapshot;

    private static Task WriteAsync(ApiRequest request, int status, TestView view) => PageAnswer.WriteAsync(request.Context, status, Slices.Test(view));
}

/// <summary>The forms, and what came of one of them.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Call">A call.</param>
/// <param name="Signature">A request and AWS's answer.</param>
internal sealed record TestView(PageFrame Frame, FormView Call, FormView Signature)
{
    /// <summary>Who would sign the call; null where that was not asked.</summary>
    public AccessReport? Decision { get; init; }

    /// <summary>What came of the call; null where none was sent.</summary>
    public TestCallAnswer? Answer { get; init; }

    /// <summary>How the request is signed; null where that was not asked.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>A decision in words, each sentence by itself.</summary>
    public static IReadOnlyList<string> WordsOf(AccessReport report)
    {
        var words = new StringWriter { NewLine = "\n" };
        report.WriteText(words);
        return words.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
