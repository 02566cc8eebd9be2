using System.CommandLine;
using System.CommandLine.Parsing;
using SigningProxy.Callers;
using SigningProxy.Explain;
using SigningProxy.Explain.Comparing;
using SigningProxy.Explain.Requests;
using SigningProxy.Forwarding;
using SigningProxy.SigV4;

namespace SigningProxy.Cli;

/// <summary>What <c>explain</c> is asked: of which request, by a catalog or by options alone.</summary>
internal sealed class ExplainOptions
{
    private readonly Option<string> _request = new("--request") { Description = "The request: a file, or - for the standard input. Lines end in LF or CRLF; what follows an empty line is the body.", Required = true, HelpName = "file" };
    private readonly Option<string?> _compare = new("--compare") { Description = "What it is compared with: a file of AWS's error answer in XML or JSON, of a canonical request, or of a string to sign. Tells what no option says: date, service, region.", HelpName = "file" };
    private readonly Option<string?> _named = new("--named-credential") { Description = "Sign as the proxy would for this named credential of the catalog, which then says all but date and principal.", HelpName = "name" };
    private readonly Option<string> _catalog = CommandOptions.Catalog();
    private readonly Option<string?> _principal = new("--principal") { Description = "The principal that signs. Default: the one with the lowest sequence number.", HelpName = "name" };
    private readonly Option<string> _caller = new("--caller") { Description = "The caller, for merge fields.", DefaultValueFactory = _ => Caller.Local.Name, HelpName = "name" };
    private readonly Option<bool> _showToken = new("--show-session-token") { Description = "Show session tokens, so that canonical requests can be compared to the character." };
    private readonly KeyOptionSet _keys = new();
    private readonly ExplainOptionSet _terms = new();

    private readonly Option<DateTimeOffset?> _date = new("--date")
    {
        Description = "When it is signed: 20150830T123600Z, ISO 8601, or the form of the Date header. Default: now.",
        CustomParser = result =>
        {
            if (InstantChoice.TryParse(result.Tokens[0].Value, out var instant))
                return instant;
            result.AddError($"--date \"{result.Tokens[0].Value}\" is no date. Write 20150830T123600Z or 2015-08-30T12:36:00Z.");
            return null;
        },
        HelpName = "instant",
    };

    public Option<OutputForm> Output { get; } = CommandOptions.Output();

    public void AddTo(Command command)
    {
        command.Add(_request);
        _terms.AddTo(command);
        command.Add(_date);
        _keys.AddTo(command);
        command.Add(_compare);
        command.Add(_named);
        command.Add(_catalog);
        command.Add(_principal);
        command.Add(_caller);
        command.Add(_showToken);
        command.Add(Output);
        command.Validators.Add(Judge);
    }

    /// <summary>Makes the explanation, with its secrets redacted.</summary>
    /// <exception cref="ExplainException">It cannot be explained.</exception>
    /// <exception cref="ConfigurationException">The catalog has faults.</exception>
    public async Task<Explanation> ExplainAsync(ParseResult result, TimeProvider time)
    {
        var request = RawRequestReader.Read(InputFile.Read(result.GetValue(_request)!));
        var answer = result.GetValue(_compare) is { } file ? AwsAnswer.Read(InputFile.Read(file)) : null;
        Explanation explanation;
        IEnumerable<string> secretHeaders = [];
        SessionCredentials credentials;
        if (result.GetValue(_named) is { } name)
        {
            var chosen = ExplainedCredential.In(result.GetValue(_catalog)!, name, result.GetValue(_principal));
            credentials = chosen.KeysOr(_keys, result);
            var signer = new RehearsedSigner(new Caller(result.GetValue(_caller)!), chosen.Principal, credentials);
            (explanation, secretHeaders) = CatalogExplanation.Of(request, chosen.Catalog, chosen.NamedCredential, signer, result.GetValue(_date), answer, time.GetUtcNow());
        }
        else
        {
            credentials = _keys.Of(result);
            explanation = TermsExplanation.Of(request, _terms.Of(result, result.GetValue(_date)), credentials, answer, time.GetUtcNow());
            explanation = explanation with { Notes = [.. explanation.Notes, .. _keys.NotesOn(result)] };
        }
        using (credentials)
        {
            if (answer is not null)
                explanation = explanation with { Comparison = Comparison.Of(explanation, request, answer) };
            return new Redaction(credentials, secretHeaders, result.GetValue(_showToken)).Of(explanation);
        }
    }

    private void Judge(CommandResult result)
    {
        if (result.GetValue(_request) == InputFile.StandardInput && result.GetValue(_compare) == InputFile.StandardInput)
            result.AddError("--request and --compare cannot both be the standard input. Give one of them as a file.");
        var byCatalog = result.GetResult(_named) is not null;
        foreach (var option in byCatalog ? _terms.GivenIn(result) : [])
            result.AddError($"{option} is what the catalog says where --named-credential is given. Leave one of them out.");
        foreach (var option in ((Option[])[_catalog, _principal, _caller]).Where(o => !byCatalog && result.GetResult(o) is { Implicit: false }))
            result.AddError($"{option.Name} is of the catalog. Add --named-credential.");
    }
}
