namespace SigningProxy.Cli;

/// <summary>All that is wrong with what the operator wrote.</summary>
/// <param name="heading">What it is wrong with.</param>
/// <param name="faults">Each names its place, the rule and the mend.</param>
internal sealed class ConfigurationException(string heading, IReadOnlyList<string> faults) : Exception(heading)
{
    public IReadOnlyList<string> Faults => faults;

    public void WriteTo(TextWriter writer)
    {
        writer.WriteLine($"signing-proxy: {Message}");
        foreach (var fault in faults)
            writer.WriteLine($"  {fault}");
    }
}
