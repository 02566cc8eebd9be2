namespace SigningProxy.Exchange.Metadata;

/// <summary>What was given is not read at all.</summary>
/// <param name="file">Which file, or which entry of an archive.</param>
/// <param name="rule">The rule that is broken: a clause without its full stop, and without any text of the file.</param>
/// <param name="mend">What to do: a sentence.</param>
internal sealed class MetadataException(string file, string rule, string mend) : Exception($"{file}: {rule}. {mend}");
