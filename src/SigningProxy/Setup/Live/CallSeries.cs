namespace SigningProxy.Setup.Live;

/// <summary>The last minute of a named credential.</summary>
/// <param name="NamedCredential">Its Name.</param>
/// <param name="Seconds">Every second of it, the oldest first; the last is not over yet.</param>
internal sealed record CallSeries(string NamedCredential, IReadOnlyList<CallSecond> Seconds)
{
    public CallSecond Whole { get; } = CallSecond.Sum(Seconds);
}
