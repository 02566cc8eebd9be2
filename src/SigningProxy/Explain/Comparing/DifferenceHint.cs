using SigningProxy.Explain.Requests;
using SigningProxy.SigV4;

namespace SigningProxy.Explain.Comparing;

/// <summary>The usual cause of a difference.</summary>
internal static class DifferenceHint
{
    public static string? Of(Difference difference, Explanation explanation, RawRequest request) => difference.Part switch
    {
        "method" => "Something on the way changed the method: a redirect makes a GET of a POST, and a proxy may turn HEAD into GET.",
        "path" => PathHint.Of(difference, request),
        "query" => QueryHint.Of(difference.Ours!, difference.Theirs!),
        "signed headers" => "The order or the case of the names: they are lower-case, sorted, with semicolons between.",
        "payload hash" => PayloadHint.Of(difference.Ours!, difference.Theirs!, request.Body.Span),
        "algorithm" => "The other signature is of another algorithm: see --algorithm.",
        "date" => $"AWS takes the date from the request. Sign with its date: --date {difference.Theirs}.",
        "scope" => OfScope(difference),
        "hash of the canonical request" => "The canonical requests differ, and only their hashes are known. Save the whole answer, or compare with the canonical request itself.",
        _ => OfHeader(difference.HeaderName!, difference.Ours, difference.Theirs, explanation, request),
    };

    private static string OfScope(Difference difference) => (difference.Ours!.Split('/'), difference.Theirs!.Split('/')) switch
    {
        ([var day, .., _], [var theirDay, .., _]) when day != theirDay => "The day of the scope is that of x-amz-date, in UTC.",
        ([_, var region, _, _], [_, var theirRegion, _, _]) when region != theirRegion => $"The region: AWS has {theirRegion}. Sign with --region {theirRegion}.",
        ([_, _, var service, _], [_, _, var theirService, _]) when service != theirService => $"The service: AWS has {theirService}. Sign with --service {theirService}.",
        _ => "Date, region, service and aws4_request, with slashes between; SigV4A leaves the region out.",
    };

    private static string? OfHeader(string name, string? ours, string? theirs, Explanation explanation, RawRequest request) => name switch
    {
        _ when ours is null && request.Header(name) is null =>
            $"AWS got {name} as a signed header, and the request here has none. The client library added it after this was written down.",
        _ when ours is null => $"The signature that AWS refused covers {name}. Sign it here too: --sign-header {name}.",
        _ when theirs is null && name == "x-amz-content-sha256" => "The other signer does not send it: --content-sha256-header off.",
        _ when theirs is null && name == "x-amz-security-token" =>
            "The other signature does not cover the session token: it was added afterwards (--session-token-mode after), or the keys were used without it.",
        _ when theirs is null => $"The signature that AWS refused does not cover {name}, or the header was lost on the way.",
        "host" => "A proxy rewrote Host, or client and signer disagree on the port: it stands there unless it is the scheme's own.",
        "x-amz-date" => $"Signed at another time. Sign with its date: --date {theirs}.",
        "x-amz-content-sha256" => PayloadHint.Of(ours!, theirs!, request.Body.Span),
        "x-amz-security-token" => "Two session tokens: the signer had another session than the one that was sent, or the token was cut.",
        "content-type" => "The client library changed it after it was signed: many add a charset, or set one of their own.",
        _ when SignedHeaderRule.IsNever(name) => $"{name} is changed by client libraries and proxies on the way. Do not sign it.",
        _ when explanation.Headers.Count(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1 => "It comes more than once: its values are joined by commas, in the order in which they are sent.",
        _ when Squeezed(ours!) == Squeezed(theirs!) => "White space: values are trimmed, and runs of spaces in them folded into one.",
        _ => "The client library or a proxy changed the header after it was signed.",
    };

    private static string Squeezed(string value) => string.Concat(value.Where(c => !char.IsWhiteSpace(c)));
}
