using SigningProxy.Configuration.Yaml;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Forms;

namespace SigningProxy.Setup.Pages.Testing;

/// <summary>Makes of what was filled in what the API reads from a body.</summary>
internal static class TestInput
{
    private const string Headers = "headers";

    /// <param name="table">The fields of the form.</param>
    /// <param name="values">What was filled in; what is empty says nothing.</param>
    /// <exception cref="ProblemException">A line of the headers is none.</exception>
    public static YamlMap Of(FormTable table, FormValues values) => new(0, 1,
    [
        .. table.Fields.Where(f => values.Of(f.Name).Length > 0)
            .Select(f => (Text(f.Path), f.Path == Headers ? HeadersOf(values.Of(f.Name)) : (YamlNode)Text(values.Of(f.Name)))),
    ]);

    private static YamlMap HeadersOf(string lines)
    {
        var pairs = lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(':', 2, StringSplitOptions.TrimEntries)).ToList();
        if (pairs.Any(p => p.Length < 2))
            throw Fault("a line has no colon", "Write a name, a colon and a value on each line.");
        return pairs.Select(p => p[0]).Distinct(StringComparer.OrdinalIgnoreCase).Count() == pairs.Count
            ? new YamlMap(0, 1, [.. pairs.Select(p => (Text(p[0]), (YamlNode)Text(p[1])))])
            : throw Fault("a name is there twice", "Write each name once; several values stand on one line, with commas between.");
    }

    private static YamlText Text(string text) => new(0, text, Plain: false);

    private static ProblemException Fault(string rule, string mend) => new(ProblemKind.NotValid, "The form breaks the rules of its fields.", json =>
    {
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("pointer", $"/{Headers}");
        json.WriteString("entry", "");
        json.WriteString("rule", rule);
        json.WriteString("mend", mend);
        json.WriteEndObject();
        json.WriteEndArray();
    });
}
