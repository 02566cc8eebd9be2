using System.Globalization;
using System.Net;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Destinations;
using SigningProxy.Explain.Comparing;
using SigningProxy.Explain.Requests;
using SigningProxy.Forwarding;
using SigningProxy.SigV4;

namespace SigningProxy.Explain;

/// <summary>Explains a written request as it would be sent to the destination of a named credential: by the code that forwards, up to the wire.</summary>
internal static class CatalogExplanation
{
    private const string CallersSpelling = "localhost";

    /// <param name="request">The caller's request: as it comes to the proxy, or with the path behind the name alone.</param>
    /// <param name="catalog">The catalog.</param>
    /// <param name="named">The named credential that it calls; one of the catalog.</param>
    /// <param name="signer">Who signs, and for which caller.</param>
    /// <param name="instant">When it is signed; null for the date of the answer, else for now.</param>
    /// <param name="answer">What it is compared with, or null.</param>
    /// <param name="now">When it is signed where nobody says.</param>
    /// <returns>The explanation, and the names of the headers whose values are the operator's.</returns>
    /// <exception cref="ExplainException">The proxy would refuse the request.</exception>
    public static (Explanation Explanation, IReadOnlySet<string> SecretHeaders) Of(
        RawRequest request, CatalogSnapshot catalog, NamedCredential named, RehearsedSigner signer, DateTimeOffset? instant, AwsAnswer? answer, DateTimeOffset now)
    {
        Judge(named);
        var (callout, noteOnPath) = CalloutOf(request, catalog, named);
        var (at, noteOnDate) = InstantChoice.Of(request, new SigningTerms { Instant = instant }, answer, now);
        var trace = new SigningTrace();
        var (rehearsal, refusal) = Rehearse(callout, request, signer, at, trace);
        if (rehearsal is null)
            throw new ExplainException($"The proxy refuses this request ({refusal!.Kind.Code}): {refusal.Detail}");
        var external = named.ExternalCredential;
        var headers = HeadersOf(rehearsal.Request, request.Body.Length);
        return (new Explanation
        {
            Method = rehearsal.Request.Method,
            Url = rehearsal.Address.OriginalString,
            Algorithm = trace.StringToSign.Split('\n')[0],
            Service = external.Scope.Service,
            Region = external.Region,
            AccessKeyId = signer.Credentials.AccessKeyId,
            Instant = at,
            CanonicalRequest = trace.CanonicalRequest,
            StringToSign = trace.StringToSign,
            Scope = trace.Scope,
            SignedHeaders = trace.SignedHeaders,
            PayloadHash = rehearsal.Payload.Value,
            Signature = trace.Signature,
            Authorization = headers.Single(h => h.Name == "Authorization").Value,
            Headers = headers,
            Notes =
            [
                $"As the proxy sends it for the named credential {named.Name} with the principal {external.Name}-{signer.Principal.Name}. Who signs for which caller, signing-proxy access says.",
                .. ((string?[])[noteOnPath, noteOnDate, TermsExplanation.OnAlgorithm(external.Scope)]).OfType<string>(),
                .. request.Notes,
            ],
        }, rehearsal.SecretHeaders);
    }

    private static void Judge(NamedCredential named)
    {
        if (!named.GenerateAuthorizationHeader)
            throw new ExplainException($"The named credential {named.Name} has generateAuthorizationHeader: false. The caller's own authorization goes on as it comes, and nothing is signed.");
        if (!named.EnabledForCallouts)
            throw new ExplainException($"The named credential {named.Name} is not enabled for callouts: the proxy refuses every request to it.");
    }

    private static (OutboundRehearsal? Rehearsal, Refusal? Refusal) Rehearse(
        Callout callout, RawRequest request, RehearsedSigner signer, DateTimeOffset at, SigningTrace trace)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = request.Method;
        foreach (var (name, value) in request.Headers)
            context.Request.Headers.Append(name, value);
        try
        {
            return OutboundRehearsal.Hold(callout, context, request.Body, signer, at, trace);
        }
        catch (SigningException e)
        {
            throw new ExplainException($"The proxy cannot sign this request. {e.Message}");
        }
    }

    /// <summary>Reads the request as one to the proxy where it looks like one, and else as one with the destination's own path.</summary>
    private static (Callout Callout, string? Note) CalloutOf(RawRequest request, CatalogSnapshot catalog, NamedCredential named)
    {
        var written = request.Query.Length == 0 ? request.Path : $"{request.Path}?{request.Query}";
        if (RawTarget.TryParse(written, out var target) is { } fault)
            throw new ExplainException(fault);
        var host = request.Header("Host")?.Split(':')[0] ?? CallersSpelling;
        var resolved = CalloutResolver.Resolve(target, host, ownPort: null, catalog);
        var isToProxy = resolved.Address != CalloutAddress.None && DeveloperName.Comparer.Equals(resolved.Name, named.Name)
            && (IsLoopback(host) || resolved.Address == CalloutAddress.Host);
        var callout = new Callout
        {
            Name = named.Name,
            Address = CalloutAddress.Path,
            Path = isToProxy ? resolved.Path : target.Path,
            Query = target.Query,
            Snapshot = catalog,
            NamedCredential = named,
        };
        if (RawTarget.Climbs(callout.Path))
            throw new ExplainException("The proxy refuses this request (path_climbs): dot segments in the path lead above the named credential's own root.");
        return (callout, isToProxy && resolved.Address == CalloutAddress.Path ? $"The first segment of the path is the named credential, and {callout.Path} is the path behind it." : null);
    }

    private static bool IsLoopback(string host) =>
        host.Equals(CallersSpelling, StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static RequestHeader[] HeadersOf(OutboundRequest request, int bodyLength) =>
    [
        new("Host", request.Host),
        .. request.Headers,
        .. bodyLength == 0 ? [] : (RequestHeader[])[new("Content-Length", bodyLength.ToString(CultureInfo.InvariantCulture))],
    ];
}
