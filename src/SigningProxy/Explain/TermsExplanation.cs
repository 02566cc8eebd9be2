using SigningProxy.Explain.Comparing;
using SigningProxy.Explain.Requests;
using SigningProxy.SigV4;

namespace SigningProxy.Explain;

/// <summary>Signs a written request as somebody says, with all that leads to the signature.</summary>
internal static class TermsExplanation
{
    private const string PresignedWith = "X-Amz-Signature=";

    /// <param name="request">The request.</param>
    /// <param name="terms">What is said.</param>
    /// <param name="credentials">Whose signature it is.</param>
    /// <param name="answer">What it is compared with, or null; it tells what nobody said.</param>
    /// <param name="now">When it is signed where nobody says.</param>
    /// <exception cref="ExplainException">It cannot be signed so.</exception>
    public static Explanation Of(RawRequest request, SigningTerms terms, SessionCredentials credentials, AwsAnswer? answer, DateTimeOffset now)
    {
        var (scope, notesOnScope) = ScopeChoice.Of(request, terms, answer);
        var headers = HeaderChoice.Of(request, terms);
        var settings = terms.SettingsFor(scope.Service);
        var payload = PayloadChoice.Of(request, terms, settings);
        var (instant, noteOnDate) = InstantChoice.Of(request, terms, answer, now);
        var path = CanonicalPath.ToSend(request.Path, settings.PathNormalization);
        // A request is signed once: what it was presigned with goes.
        var isPresigned = request.Query.Contains(PresignedWith, StringComparison.OrdinalIgnoreCase);
        var query = isPresigned ? CanonicalQuery.ToSend(request.Query, PresignedQuery.Names) : request.Query;
        var toSign = new SigningRequest { Method = request.Method, Path = path, Query = query, Headers = headers.Signed, Payload = payload.Hash };
        var trace = new SigningTrace();
        RequestHeader[] own = [];
        string? authorization = null;
        if (terms.Presign is { } lifetime)
        {
            query = SigV4Presigner.Sign(toSign, credentials, scope, instant, lifetime, settings, trace).Value;
        }
        else
        {
            var signature = SigV4Signer.Sign(toSign, credentials, scope, instant, settings, trace);
            authorization = signature.Authorization;
            own = Own(signature);
        }
        return new Explanation
        {
            Method = request.Method,
            Url = $"{request.Scheme}://{request.Header("Host")}{path}{(query.Length == 0 ? "" : $"?{query}")}",
            Algorithm = trace.StringToSign.Split('\n')[0],
            Service = scope.Service,
            Region = scope.RegionSet ?? scope.Region,
            AccessKeyId = credentials.AccessKeyId,
            Instant = instant,
            CanonicalRequest = trace.CanonicalRequest,
            StringToSign = trace.StringToSign,
            Scope = trace.Scope,
            SignedHeaders = trace.SignedHeaders,
            PayloadHash = trace.CanonicalRequest[(trace.CanonicalRequest.LastIndexOf('\n') + 1)..],
            Signature = trace.Signature,
            Authorization = authorization,
            Headers = [.. headers.Sent, .. own],
            Presign = terms.Presign,
            Notes = [.. notesOnScope, .. Said(noteOnDate, payload.Note), .. request.Notes, .. headers.Notes, .. Said(OnPath(request.Path), isPresigned ? "The signature in the request's query is left out." : null, OnAlgorithm(scope))],
        };
    }

    private static RequestHeader[] Own(in RequestSignature signature) =>
    [
        new("X-Amz-Date", signature.AmzDate),
        .. Present("X-Amz-Content-Sha256", signature.ContentSha256),
        .. Present("X-Amz-Region-Set", signature.RegionSet),
        .. Present("X-Amz-Security-Token", signature.SecurityToken),
        new("Authorization", signature.Authorization),
    ];

    private static RequestHeader[] Present(string name, string? value) => value is null ? [] : [new(name, value)];

    private static IEnumerable<string> Said(params IEnumerable<string?> notes) => notes.OfType<string>();

    private static string? OnPath(string path) => path.All(c => c is > ' ' and < '\x7f')
        ? null
        : "The path holds a space or a character beyond ASCII as it stands. A client percent-encodes it first: then sign what it sends.";

    internal static string? OnAlgorithm(in CredentialScope scope) => scope.RegionSet is null
        ? null
        : "A signature of SigV4A is another one every time, for chance is in it: compare string to sign and canonical request, not the signature.";
}
