namespace SigningProxy.Callers;

/// <summary>Who sent a request, as proved at our edge.</summary>
/// <param name="Name">The name permission sets use; compared ordinally. Of a caller that is not declared: <c>{authenticator}:{issuer}:{value}</c>.</param>
/// <param name="Proof">By what it proved itself, for the log.</param>
internal sealed record Caller(string Name, string Proof = "Loopback")
{
    /// <summary>Whoever reaches a listener on which reaching it is proof enough.</summary>
    public static Caller Local { get; } = new("local");

    /// <summary>A caller that proved itself and that the catalog does not declare. Neither of the parts can make it read as another.</summary>
    public static Caller Undeclared(string authenticator, string issuer, string value, string proof) =>
        new($"{authenticator}:{issuer.Replace("%", "%25", StringComparison.Ordinal).Replace(":", "%3A", StringComparison.Ordinal)}:{value}", proof);
}
