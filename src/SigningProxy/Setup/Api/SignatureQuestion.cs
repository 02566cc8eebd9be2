using System.Security.Cryptography;
using System.Text;
using SigningProxy.Callers;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Explain;
using SigningProxy.Explain.Comparing;
using SigningProxy.Explain.Requests;
using SigningProxy.Forwarding;
using SigningProxy.Sessions;
using SigningProxy.SigV4;

namespace SigningProxy.Setup.Api;

/// <summary>A question of how a written request is signed: as the catalog has it, or by terms of its own.</summary>
internal sealed class SignatureQuestion
{
    // Whoever has it can send the request in the principal's name, and who may view Setup may not.
    private const string NotShown = "<signature not shown>";

    private static readonly Choice<SigningAlgorithm> Algorithms = new([("sigv4", SigningAlgorithm.SigV4), ("sigv4a", SigningAlgorithm.SigV4a)]);

    private readonly string _request;
    private readonly string? _compare;
    private readonly string? _named;
    private readonly string? _principal;
    private readonly string _caller;
    private readonly SigningTerms _terms;

    private SignatureQuestion(RequestFields sent)
    {
        var fields = sent.Fields;
        _request = sent.Required("request", "Write the request out: request line, headers, an empty line, the body.");
        _compare = fields.Text("compare");
        _named = fields.Text("namedCredential");
        _principal = fields.Text("principal");
        _caller = fields.Text("caller") ?? Caller.Local.Name;
        _terms = new SigningTerms
        {
            Service = fields.Text("service"),
            Region = fields.Text("region"),
            Algorithm = sent.Choose(Algorithms, "algorithm") ?? SigningAlgorithm.SigV4,
            RegionSet = fields.Texts("regionSet"),
            Instant = Instant(sent),
            PathEncoding = sent.Choose(Choices.PathEncoding, "pathEncoding"),
            PathNormalization = sent.Choose(Choices.NormalizePath, "normalizePath"),
            ContentSha256Header = sent.Choose(Choices.ContentSha256Header, "contentSha256Header"),
            SessionTokenMode = sent.Choose(Choices.SessionTokenMode, "sessionTokenMode"),
            SignHeaders = fields.Texts("signHeaders"),
        };
        if (_named is not null && _terms with { Instant = null } is var terms && Says(terms))
            sent.Fault("namedCredential", "namedCredential says all that service, region and the like would", "Send the one or the others.");
        sent.Finish();
    }

    public static async Task<SignatureQuestion> ReadAsync(ApiRequest request) => new(await RequestFields.ReadAsync(request));

    /// <param name="sent">What the API reads from a body.</param>
    /// <exception cref="ProblemException">A member of it is wrong.</exception>
    public static SignatureQuestion Of(YamlMap sent) => new(RequestFields.Of(sent));

    /// <exception cref="ExplainException">It cannot be explained so.</exception>
    public async Task<Explanation> ExplainAsync(ApiRequest request)
    {
        var raw = RawRequestReader.Read(Encoding.UTF8.GetBytes(_request));
        var answer = _compare is null ? null : AwsAnswer.Read(Encoding.UTF8.GetBytes(_compare));
        var now = request.Get<TimeProvider>().GetUtcNow();
        var (explanation, credentials, secretHeaders) = _named is null
            ? OfTerms(raw, answer, now)
            : await OfCatalogAsync(request, raw, answer, now);
        if (answer is not null)
            explanation = explanation with { Comparison = Comparison.Of(explanation, raw, answer) };
        return WithoutSignature(new Redaction(credentials, secretHeaders, showsToken: false).Of(explanation));
    }

    private (Explanation, SessionCredentials, IEnumerable<string>) OfTerms(RawRequest raw, AwsAnswer? answer, DateTimeOffset now)
    {
        var credentials = MadeUp(null);
        var explanation = TermsExplanation.Of(raw, _terms, credentials, answer, now);
        return (explanation with { Notes = [.. explanation.Notes, "Signed with a key pair that was made up: canonical request and string to sign are the same with every other."] }, credentials, []);
    }

    private async Task<(Explanation, SessionCredentials, IEnumerable<string>)> OfCatalogAsync(ApiRequest request, RawRequest raw, AwsAnswer? answer, DateTimeOffset now)
    {
        var catalog = request.Get<CurrentCatalog>().Snapshot;
        if (!catalog.NamedCredentials.TryGetValue(_named!, out var named))
            throw new ExplainException("The catalog has no named credential of this name.");
        var external = named.ExternalCredential;
        var principal = (_principal is null ? external.Principals.MinBy(p => p.SequenceNumber) : external.Principals.FirstOrDefault(p => p.Name == _principal))
            ?? throw new ExplainException($"The external credential {external.Name} has no such principal. It has: {string.Join(", ", external.Principals.Select(p => p.Name))}.");
        var credentials = await CredentialsAsync(request.Get<SessionCache>(), external, principal, now);
        var signer = new RehearsedSigner(new Caller(_caller), principal, credentials);
        var (explanation, headers) = CatalogExplanation.Of(raw, catalog, named, signer, _terms.Instant, answer, now);
        return (explanation, credentials, headers);
    }

    /// <summary>Those in hand; none are obtained for a question.</summary>
    private static async Task<SessionCredentials> CredentialsAsync(SessionCache sessions, ExternalCredential external, Principal principal, DateTimeOffset now)
    {
        var held = principal.Missing.Count == 0 && sessions.StatusOf(external, principal).IsObtained(now)
            ? await sessions.Of(external, principal).GetAsync(CancellationToken.None)
            : null;
        return held ?? MadeUp(external.Variant == CredentialVariant.AccessKey ? null : "a-session-token-that-was-made-up");
    }

    private static SessionCredentials MadeUp(string? token) => new("AKIDEXAMPLE", Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)), token);

    private static Explanation WithoutSignature(Explanation of)
    {
        string Hide(string text) => text.Replace(of.Signature, NotShown, StringComparison.Ordinal);
        return of with
        {
            Signature = NotShown,
            Authorization = of.Authorization is { } authorization ? Hide(authorization) : null,
            Url = Hide(of.Url),
            Headers = [.. of.Headers.Select(h => h with { Value = Hide(h.Value) })],
            Notes = [.. of.Notes, "The signature is not shown: whoever has it could send the request."],
        };
    }

    private static DateTimeOffset? Instant(RequestFields sent)
    {
        if (sent.Fields.Text("date") is not { } text)
            return null;
        if (InstantChoice.TryParse(text, out var instant))
            return instant;
        sent.Fault("date", "date is no date", "Write 20150830T123600Z or 2015-08-30T12:36:00Z.");
        return null;
    }

    private static bool Says(SigningTerms terms) => terms is not
    {
        Service: null, Region: null, Algorithm: SigningAlgorithm.SigV4, RegionSet.Count: 0, PathEncoding: null, PathNormalization: null,
        ContentSha256Header: null, SessionTokenMode: null, SignHeaders.Count: 0,
    };
}
