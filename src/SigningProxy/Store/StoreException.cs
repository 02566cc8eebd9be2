namespace SigningProxy.Store;

/// <summary>Setup's database or its master key cannot be used.</summary>
/// <param name="rule">What is wrong: a clause without its full stop, and without any secret.</param>
/// <param name="mend">What to do: one or more sentences.</param>
/// <param name="cause">What it came of, or null.</param>
internal sealed class StoreException(string rule, string mend, Exception? cause = null) : Exception($"{rule}. {mend}", cause);
