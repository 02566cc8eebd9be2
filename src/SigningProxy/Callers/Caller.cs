namespace SigningProxy.Callers;

/// <summary>Who sent a request, as proved at our edge.</summary>
/// <param name="Name">The name permission sets use; compared ordinally.</param>
internal sealed record Caller(string Name)
{
    /// <summary>Whoever reaches a listener on which callers prove nothing.</summary>
    public static Caller Local { get; } = new("local");
}
