namespace SigningProxy.Explain;

/// <summary>What cannot be explained as it was asked for.</summary>
/// <param name="message">What is wrong and how to mend it; without any secret.</param>
internal sealed class ExplainException(string message) : Exception(message)
{
    /// <summary>A fault in a written request.</summary>
    /// <param name="line">From 1.</param>
    /// <param name="fault">What is wrong: a clause without its full stop.</param>
    /// <param name="mend">What to do: one or more sentences.</param>
    public static ExplainException At(int line, string fault, string mend) => new($"line {line} of the request: {fault}. {mend}");
}
