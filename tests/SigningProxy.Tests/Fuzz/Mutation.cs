namespace SigningProxy.Tests.Fuzz;

/// <summary>Damages a text a little, as clients that are broken or hostile do: by its structure where that is told, and by odd pieces.</summary>
internal static class Mutation
{
    private static readonly string[] OddPieces =
    [
        " ", "\t", "\0", "\r", "\n", "\r\n ", "\u007f", ",", ";", ":", "=", "==", "&", "+", "-", "_", ".", "..", "...", "/", "//", "\\", "?", "#", "@", "*", "[", "]", "\"", "'",
        "%", "%0", "%00", "%zz", "%2e", "%2E%2e", "%2F", "%2f", "%5c", "%25", "%252e", "%252F", "%c0%ae", "%u002e", "\u00e9", "\u200b", "\ufeff", "\uff0e", "\u2215", "\u0130", "\ud83d\ude00", "\ud800",
        "{}", "[]", "null", "true", "-1", "0", "1e999", "99999999999999999999", "Bearer ", "bearer", "localhost", "..;/", new('A', 300), new('.', 40), new('/', 40),
    ];

    /// <summary>Between one and three changes.</summary>
    /// <param name="text">What is whole.</param>
    /// <param name="random">By which they are chosen.</param>
    /// <param name="pieces">What the parser of this text knows.</param>
    public static string Of(string text, Random random, params string[] pieces)
    {
        for (var changes = random.Next(1, 4); changes > 0; changes--)
            text = Once(text, random, pieces);
        return text;
    }

    public static T One<T>(this Random random, params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    private static string Once(string text, Random random, string[] pieces)
    {
        var at = random.Next(text.Length + 1);
        var end = random.Next(at, Math.Min(text.Length, at + 12) + 1);
        var odd = pieces.Length > 0 && random.Next(2) == 0 ? random.One(pieces) : random.One(OddPieces);
        return random.Next(10) switch
        {
            0 => text.Remove(at, end - at),
            1 => text[..at],
            2 => text[at..],
            3 => text.Insert(at, text[at..end]),
            4 => text[..at] + odd + text[end..],
            5 => text[..at] + Invert(text[at..end]) + text[end..],
            6 when at < text.Length => text[..at] + (char)(text[at] ^ (1 << random.Next(7))) + text[(at + 1)..],
            7 => text[end..] + text[..at],
            8 => odd,
            _ => text.Insert(at, odd),
        };
    }

    private static string Invert(string text) => string.Concat(text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
}
