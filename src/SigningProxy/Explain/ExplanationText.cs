using System.Globalization;
using SigningProxy.Explain.Comparing;
using SigningProxy.SigV4;

namespace SigningProxy.Explain;

/// <summary>An explanation for people.</summary>
internal static class ExplanationText
{
    // The longest label, and room behind it.
    private const int Column = 17;

    /// <param name="of">With its secrets redacted.</param>
    /// <param name="to">Where it is written.</param>
    public static void Write(Explanation of, TextWriter to)
    {
        to.WriteLine($"{of.Method} {of.Url}");
        to.WriteLine($"signed by {of.AccessKeyId} for {of.Service} in {of.Region}, {of.Instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC");
        Canonical(of, to);
        StringToSign(of, to);
        to.WriteLine();
        to.WriteLine("Signature");
        Line(to, "", of.Signature);
        to.WriteLine();
        to.WriteLine(of.Presign is null ? "Headers to send" : "Headers to send with the URL");
        var signed = of.SignedHeaders.Split(';');
        foreach (var header in of.Headers)
            Line(to, IsSigned(header, signed) ? "signed" : "", $"{header.Name}: {header.Value}");
        Notes(of, to);
        if (of.Comparison is { } comparison)
            Comparison(comparison, to);
    }

    private static void Canonical(Explanation of, TextWriter to)
    {
        var lines = of.CanonicalRequest.Split('\n');
        to.WriteLine();
        to.WriteLine("Canonical request");
        Line(to, "method", lines[0]);
        Line(to, "path", lines[1]);
        Line(to, "query", lines[2]);
        foreach (var header in lines[3..^3])
            Line(to, "header", header);
        Line(to, "", "");
        Line(to, "signed headers", lines[^2]);
        Line(to, "payload hash", lines[^1]);
    }

    private static void StringToSign(Explanation of, TextWriter to)
    {
        var lines = of.StringToSign.Split('\n');
        to.WriteLine();
        to.WriteLine("String to sign");
        Line(to, "algorithm", lines[0]);
        Line(to, "date", lines[1]);
        Line(to, "scope", lines[2]);
        Line(to, "hash of the above", lines[3]);
    }

    private static void Notes(Explanation of, TextWriter to)
    {
        to.WriteLine();
        to.WriteLine("Notes");
        foreach (var note in of.Notes)
            to.WriteLine($"  - {note}");
        to.WriteLine(of.Presign is { } lifetime
            ? $"  - Whoever has the URL can use it until {(of.Instant + lifetime).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, or as long as the keys last."
            : "  - AWS takes the signature for some minutes around its date: whoever reads it can send this request once more.");
    }

    private static void Comparison(Comparison of, TextWriter to)
    {
        to.WriteLine();
        to.WriteLine(of.Code is null ? "Compared" : $"Compared with AWS's answer: {of.Code}");
        to.WriteLine($"  {of.Verdict}");
        for (var i = 0; i < of.Differences.Count; i++)
        {
            var difference = of.Differences[i];
            to.WriteLine();
            to.WriteLine($"  {difference.Part}");
            to.WriteLine($"    here  {difference.Ours ?? "(not there)"}");
            to.WriteLine($"    AWS   {difference.Theirs ?? "(not there)"}");
            if (Mark(difference) is { } mark)
                to.WriteLine($"          {mark}");
            if (difference.Hint is { } hint)
                to.WriteLine($"    {hint}");
        }
    }

    /// <summary>A caret below the first character that differs, where something before it does not.</summary>
    private static string? Mark(Difference difference) =>
        difference is { Ours: { } ours, Theirs: { } theirs } && ours != theirs && !ours.StartsWith(Redaction.Opening) && ours.AsSpan().CommonPrefixLength(theirs) is > 0 and var same
            ? new string(' ', same) + '^'
            : null;

    private static bool IsSigned(RequestHeader header, string[] signed) => signed.Contains(header.Name, StringComparer.OrdinalIgnoreCase);

    private static void Line(TextWriter to, string label, string text) => to.WriteLine($"  {label.PadRight(Column)}  {text}".TrimEnd());
}
