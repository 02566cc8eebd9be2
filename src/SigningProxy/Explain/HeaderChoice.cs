using SigningProxy.Explain.Requests;
using SigningProxy.SigV4;

namespace SigningProxy.Explain;

/// <summary>Which headers of a written request are sent, and which of those are signed.</summary>
/// <param name="Sent">Without those of an earlier signature, which the new one replaces.</param>
/// <param name="Signed">Those of them that the signature covers.</param>
/// <param name="Notes">What was left out, and what is dangerous.</param>
internal sealed record HeaderChoice(IReadOnlyList<RequestHeader> Sent, RequestHeader[] Signed, IReadOnlyList<string> Notes)
{
    private static readonly string[] OfTheSigner = ["Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256", "X-Amz-Region-Set"];

    /// <exception cref="ExplainException">A header that is to be signed is not in the request.</exception>
    public static HeaderChoice Of(RawRequest request, SigningTerms terms)
    {
        var notes = new List<string>();
        foreach (var name in terms.SignHeaders.Where(name => request.Header(name) is null))
            throw new ExplainException($"--sign-header {name}: the request has no such header. Add it with the value that is sent.");
        foreach (var name in terms.SignHeaders.Where(SignedHeaderRule.IsNever))
            notes.Add($"{name} is signed as --sign-header asks, and client libraries and proxies change it on the way: that breaks signatures.");

        RequestHeader[] sent = [.. request.Headers.Where(h => !OfTheSigner.Contains(h.Name, StringComparer.OrdinalIgnoreCase))];
        if (request.Header("Authorization") is { } authorization)
            notes.Add($"The request's own Authorization is left out{(authorization.StartsWith("AWS4-", StringComparison.Ordinal) ? "; --compare tells a signature of AWS's from this one" : "")}.");
        return new HeaderChoice(sent, [.. sent.Where(h => IsSigned(h.Name, terms))], notes);
    }

    private static bool IsSigned(string name, SigningTerms terms) =>
        terms.SignAllHeaders
        || terms.SignHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (SignedHeaderRule.ByDefault(name) && !SignedHeaderRule.IsNever(name));
}
