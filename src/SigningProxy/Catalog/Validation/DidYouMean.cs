namespace SigningProxy.Catalog.Validation;

/// <summary>Finds what was probably meant by a word that is not known.</summary>
internal static class DidYouMean
{
    private const int LongestWord = 128;

    /// <summary><c>Did you mean "x"?</c> with a space after it, or nothing when no known word is near.</summary>
    public static string Of(string written, IEnumerable<string> known) => Nearest(written, known) is { } word ? $"Did you mean \"{word}\"? " : "";

    private static string? Nearest(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > LongestWord)
            return null;
        var (word, distance) = known
            .Where(k => k.Length <= LongestWord)
            .Select(k => (Word: k, Distance: Distance(written.ToLowerInvariant(), k.ToLowerInvariant())))
            .OrderBy(k => k.Distance)
            .FirstOrDefault();
        return word is not null && distance <= Math.Max(1, Math.Min(written.Length, word.Length) / 3) ? word : null;
    }

    /// <summary>Edits to get from one to the other, two neighbours that changed places being one.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var swap = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(swap, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[a.Length, b.Length];
    }
}
