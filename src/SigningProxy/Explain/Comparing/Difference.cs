namespace SigningProxy.Explain.Comparing;

/// <summary>One part that is not the same here and at AWS.</summary>
/// <param name="Part">Such as <c>path</c> or <c>header host</c>.</param>
/// <param name="Ours">What was signed here; null where it is not there.</param>
/// <param name="Theirs">What AWS made of the request that it got; null where it is not there.</param>
internal sealed record Difference(string Part, string? Ours, string? Theirs)
{
    private const string OfHeader = "header ";

    /// <summary>Its usual cause, in sentences, or null.</summary>
    public string? Hint { get; init; }

    /// <summary>The header it is about, or null.</summary>
    public string? HeaderName => Part.StartsWith(OfHeader, StringComparison.Ordinal) ? Part[OfHeader.Length..] : null;

    /// <summary>All that differs in two canonical requests, in the order of their lines.</summary>
    public static IEnumerable<Difference> Between(CanonicalText ours, CanonicalText theirs) =>
    [
        .. Of("method", ours.Method, theirs.Method),
        .. Of("path", ours.Path, theirs.Path),
        .. Of("query", ours.Query, theirs.Query),
        .. ours.Headers.Concat(theirs.Headers).Select(h => h.Key).Distinct().Order(StringComparer.Ordinal)
            .SelectMany(name => Of(OfHeader + name, ours.Header(name), theirs.Header(name))),
        .. Of("signed headers", ours.SignedHeaders, theirs.SignedHeaders),
        .. Of("payload hash", ours.PayloadHash, theirs.PayloadHash),
    ];

    /// <summary>All that differs in two strings to sign, in the order of their lines.</summary>
    public static IEnumerable<Difference> Between(StringToSignText ours, StringToSignText theirs) =>
    [
        .. Of("algorithm", ours.Algorithm, theirs.Algorithm),
        .. Of("date", ours.Date, theirs.Date),
        .. Of("scope", ours.Scope, theirs.Scope),
        .. Of("hash of the canonical request", ours.Hash, theirs.Hash),
    ];

    private static Difference[] Of(string part, string? ours, string? theirs) => ours == theirs ? [] : [new Difference(part, ours, theirs)];
}
