using System.CommandLine;

namespace SigningProxy.Cli;

/// <summary>A command whose own help ends in examples and the exit codes.</summary>
/// <param name="name">What is written to run it.</param>
/// <param name="description">One sentence, which stands in the list of commands too.</param>
/// <param name="examples">Whole command lines.</param>
internal sealed class CommandWithExamples(string name, string description, params string[] examples) : Command(name, description)
{
    private const string Codes = """
        Exit codes:
          0   ok
          1   failed
          2   the command line is wrong
          78  catalog or host settings are wrong
        """;

    public void WriteTo(TextWriter writer)
    {
        writer.WriteLine("Examples:");
        foreach (var example in examples)
            writer.WriteLine($"  {example}");
        writer.WriteLine();
        writer.WriteLine(Codes);
    }
}
