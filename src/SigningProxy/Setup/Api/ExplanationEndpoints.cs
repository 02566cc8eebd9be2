using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Catalog;
using SigningProxy.Explain;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Api;

/// <summary>Explains who would sign, and what.</summary>
internal static class ExplanationEndpoints
{
    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("POST", "/access-explanation", SetupPermission.View, AccessAsync, new("Say which principal would sign a caller's request, by which grants, or why none would", 200)
        {
            Body = "AccessQuestion", Answer = "AccessExplanation", Problems = [ProblemKind.NotValid],
        }),
        new("POST", "/signature-explanation", SetupPermission.View, SignatureAsync, new("Show how a written request is signed, and where AWS's own differs; the signature itself is not shown", 200)
        {
            Body = "SignatureQuestion", Answer = "SignatureExplanation", Problems = [ProblemKind.NotValid],
        }),
    ];

    private static async Task AccessAsync(ApiRequest request)
    {
        var sent = await RequestFields.ReadAsync(request);
        var fields = sent.Fields;
        var (caller, named) = (fields.Text("caller") ?? Caller.Local.Name, sent.Required("namedCredential", "Name what would be called."));
        var (path, method, operation, principal) = (fields.Text("path") ?? "/", fields.Text("method") ?? "GET", fields.Text("operation"), fields.Text("principal"));
        sent.Finish();
        var report = AccessReport.Of(request.Get<CurrentCatalog>().Snapshot, new Caller(caller), named, path, method, operation, principal);
        var words = new StringWriter { NewLine = "\n" };
        report.WriteText(words);
        await ApiAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, json =>
        {
            report.WriteMembers(json);
            json.WriteString("words", words.ToString());
        });
    }

    private static async Task SignatureAsync(ApiRequest request)
    {
        var question = await SignatureQuestion.ReadAsync(request);
        try
        {
            var explanation = await question.ExplainAsync(request);
            await ApiAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, json => ExplanationJson.Write(explanation, json));
        }
        catch (ExplainException e)
        {
            throw new ProblemException(ProblemKind.NotValid, e.Message);
        }
    }
}
