using SigningProxy.Callouts;
using SigningProxy.SigV4;

namespace SigningProxy.Callers.Proofs;

/// <summary>Judges what a signature covers of the headers that came: whatever decides about the request must be among them.</summary>
internal static class SignatureCoverage
{
    private static readonly string[] Needed = ["host", "x-amz-date"];
    private static readonly string[] NeededBeginnings = ["X-Amz-", CalloutMiddleware.ReservedPrefix];

    /// <param name="headers">The headers that came.</param>
    /// <param name="signed">The names that the signature covers, in lower case.</param>
    /// <param name="covered">Those headers, for verifying.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Judge(IHeaderDictionary headers, string[] signed, out List<RequestHeader> covered)
    {
        covered = new(signed.Length);
        foreach (var name in signed)
        {
            if (!headers.TryGetValue(name, out var values))
                return $"it covers the header {name}, which did not come";
            foreach (var value in values)
                covered.Add(new(name, value ?? ""));
        }
        if (Array.Find(Needed, name => !Covers(signed, name)) is { } missing)
            return $"it does not cover the header {missing}";
        foreach (var (name, _) in headers)
        {
            if (Array.Exists(NeededBeginnings, b => name.StartsWith(b, StringComparison.OrdinalIgnoreCase)) && !Covers(signed, name))
                return $"it does not cover the header {name.ToLowerInvariant()}";
        }
        // What Connection lists goes no further: adding a name there takes a header out of what was signed.
        foreach (var line in headers.Connection)
        {
            foreach (var name in (line ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                if (Covers(signed, name))
                    return $"Connection lists the header {name.ToLowerInvariant()}, which it covers";
            }
        }
        return null;
    }

    private static bool Covers(string[] signed, string name) => Array.Exists(signed, s => s.Equals(name, StringComparison.OrdinalIgnoreCase));
}
