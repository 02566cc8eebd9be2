namespace SigningProxy.Configuration.Yaml;

/// <summary>A file that is no YAML, or more of it than is read.</summary>
/// <param name="line">From 1.</param>
/// <param name="rule">What is wrong: a clause without its full stop, and without any text of the file.</param>
/// <param name="mend">What to do.</param>
internal sealed class YamlFaultException(int line, string rule, string mend) : Exception(rule)
{
    public int Line { get; } = line;

    public string Mend { get; } = mend;
}
