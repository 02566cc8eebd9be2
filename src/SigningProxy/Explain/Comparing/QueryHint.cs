namespace SigningProxy.Explain.Comparing;

/// <summary>Why two canonical queries differ.</summary>
internal static class QueryHint
{
    public static string Of(string ours, string theirs)
    {
        var (mine, others) = (Parameters(ours), Parameters(theirs));
        if (mine.Order(StringComparer.Ordinal).SequenceEqual(others.Order(StringComparer.Ordinal)))
            return "The same parameters in another order: they are sorted by encoded name, then by encoded value, byte by byte.";
        if (Same(mine, others, p => p.TrimEnd('=')))
            return "A parameter without a value: ?acl is acl= in the canonical query.";
        if (Same(mine, others, p => p.Replace("%2B", "%20", StringComparison.Ordinal).Replace("+", "%20", StringComparison.Ordinal)))
            return "A plus sign: it means a space (%20) in a query; one that is meant is written %2B.";
        if (Same(mine, others, p => Uri.UnescapeDataString(Uri.UnescapeDataString(p))))
            return "Only escapes differ: bare are letters, digits and -._~ alone, and escapes are upper-case. A query is encoded once.";
        return (mine.Except(others).FirstOrDefault(), others.Except(mine).FirstOrDefault()) switch
        {
            ({ } only, null) => $"AWS did not get {Name(only)}: something on the way took it out, or it was added after the URL was signed.",
            (null, { } only) => $"AWS got {Name(only)} too: something on the way added it.",
            ({ } one, { } other) when Name(one) == Name(other) => $"{Name(one)} has another value at AWS.",
            _ => "What was sent is another query: look at what rewrites it on the way.",
        };
    }

    private static string[] Parameters(string query) => query.Split('&', StringSplitOptions.RemoveEmptyEntries);

    private static bool Same(string[] mine, string[] others, Func<string, string> form) =>
        mine.Select(form).Order(StringComparer.Ordinal).SequenceEqual(others.Select(form).Order(StringComparer.Ordinal));

    /// <summary>The name alone: a value may be a token.</summary>
    private static string Name(string parameter) => parameter.Split('=')[0];
}
