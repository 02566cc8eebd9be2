using System.CommandLine;
using SigningProxy.Explain;
using SigningProxy.SigV4;

namespace SigningProxy.Cli;

/// <summary>The options that say which environment variables hold the keys. An empty variable counts as unset.</summary>
internal sealed class KeyOptionSet
{
    private readonly Option<string> _accessKey = Variable("--access-key-env", "The environment variable of the access key id.", "AWS_ACCESS_KEY_ID");
    private readonly Option<string> _secret = Variable("--secret-key-env", "The environment variable of the secret access key.", "AWS_SECRET_ACCESS_KEY");
    private readonly Option<string> _token = Variable("--session-token-env", "The environment variable of the session token, which may be unset.", "AWS_SESSION_TOKEN");

    public void AddTo(Command command)
    {
        command.Add(_accessKey);
        command.Add(_secret);
        command.Add(_token);
    }

    /// <summary>Whether the command line names keys itself.</summary>
    public bool IsGivenIn(ParseResult result) => new Option[] { _accessKey, _secret, _token }.Any(o => result.GetResult(o) is { Implicit: false });

    /// <exception cref="ExplainException">One of the two keys is unset.</exception>
    public SessionCredentials Of(ParseResult result)
    {
        var (accessKey, secret) = (result.GetValue(_accessKey)!, result.GetValue(_secret)!);
        string[] unset = [.. ((string[])[accessKey, secret]).Where(name => Read(name) is null)];
        if (unset.Length > 0)
            throw new ExplainException($"{string.Join(" and ", unset)} {(unset.Length > 1 ? "are" : "is")} not set. Put the keys there, or name other variables with --access-key-env and --secret-key-env.");
        return new SessionCredentials(Read(accessKey)!, Read(secret)!, Read(result.GetValue(_token)!));
    }

    /// <summary>What is odd about those keys: white space around them counts, and is a usual cause of a wrong signature.</summary>
    public IEnumerable<string> NotesOn(ParseResult result)
    {
        foreach (var name in ((string[])[result.GetValue(_accessKey)!, result.GetValue(_secret)!, result.GetValue(_token)!]).Where(n => Read(n) is { } text && text != text.Trim()))
            yield return $"What stands in {name} begins or ends with white space, which counts. Most likely it does not belong there.";
        if (Read(result.GetValue(_token)!) is not null && result.GetResult(_token) is { Implicit: true } && IsGivenIn(result))
            yield return $"The session token is that of {result.GetValue(_token)}, and the keys are of other variables. Where they do not belong together, name an unset one with --session-token-env.";
    }

    private static string? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static Option<string> Variable(string name, string description, string standard) =>
        new(name) { Description = description, DefaultValueFactory = _ => standard, HelpName = "variable" };
}
