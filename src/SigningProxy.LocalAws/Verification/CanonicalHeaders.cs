using System.Text;

namespace SigningProxy.LocalAws.Verification;

/// <summary>CanonicalHeaders of the AWS guide: one "name:value" line for each signed header.</summary>
internal static class CanonicalHeaders
{
    /// <summary>The lines, each ended by a line feed. Every name must be among the received headers.</summary>
    public static string Of(ReceivedRequest request, IReadOnlyList<string> signedHeaders)
    {
        var lines = new StringBuilder();
        foreach (var name in signedHeaders)
        {
            lines.Append(name).Append(':').AppendJoin(',', request.Values(name).Select(Fold)).Append('\n');
        }

        return lines.ToString();
    }

    private static string Fold(string value) =>
        string.Join(' ', value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
