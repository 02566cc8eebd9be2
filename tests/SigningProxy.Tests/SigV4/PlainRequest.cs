using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

/// <summary>Everything that goes into a signature, with the values of AWS's public test suite where a test says nothing else.</summary>
public sealed record PlainRequest
{
    public const string SuiteKeyId = "AKIDEXAMPLE";
    public const string SuiteSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /// <summary>The suite's examples do not carry <c>x-amz-content-sha256</c>.</summary>
    public static readonly SigningSettings Suite = new(ContentSha256Header: ContentSha256Header.Off);

    public string Method { get; init; } = "GET";
    public string Path { get; init; } = "/";
    public string Query { get; init; } = "";
    public string Host { get; init; } = "example.amazonaws.com";
    public IReadOnlyList<RequestHeader> Headers { get; init; } = [];
    public PayloadHash? Payload { get; init; }
    public string KeyId { get; init; } = SuiteKeyId;
    public string Secret { get; init; } = SuiteSecret;
    public string? Token { get; init; }
    public CredentialScope Scope { get; init; } = new("us-east-1", "service");
    public DateTimeOffset Instant { get; init; } = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);
    public SigningSettings Settings { get; init; } = Suite;

    public SigningTrace Trace()
    {
        var trace = new SigningTrace();
        Sign(trace);
        return trace;
    }

    public RequestSignature Sign(SigningTrace? trace = null)
    {
        using var credentials = new SessionCredentials(KeyId, Secret, Token);
        return Sign(credentials, trace);
    }

    public RequestSignature Sign(SessionCredentials credentials, SigningTrace? trace = null) =>
        SigV4Signer.Sign(Facts(), credentials, Scope, Instant, Settings, trace);

    /// <summary>The query of the presigned request.</summary>
    public string Presign(int seconds, SigningTrace? trace = null)
    {
        using var credentials = new SessionCredentials(KeyId, Secret, Token);
        return SigV4Presigner.Sign(Facts(), credentials, Scope, Instant, TimeSpan.FromSeconds(seconds), Settings, trace).Value;
    }

    /// <summary>Whether a signature, whoever made it, is accepted of this request as <see cref="Sign(SigningTrace?)"/> would send it.</summary>
    public bool Accepts(string signature)
    {
        using var credentials = new SessionCredentials(KeyId, Secret);
        var sent = Sign();
        List<RequestHeader> headers = [.. Headers, new("Host", Host), new("x-amz-date", sent.AmzDate)];
        if (sent.ContentSha256 is { } hash)
            headers.Add(new("x-amz-content-sha256", hash));
        if (sent.SecurityToken is { } token)
            headers.Add(new("x-amz-security-token", token));
        return SigV4Verifier.Holds(
            new SigningRequest { Method = Method, Path = Path, Query = Query, Headers = headers.ToArray(), Payload = PayloadHash.AsSigned((Payload ?? PayloadHash.Empty).Value) },
            signature, credentials, Scope, Instant, Settings);
    }

    /// <summary>The second line of the canonical request.</summary>
    public string CanonicalPath() => Trace().CanonicalRequest.Split('\n')[1];

    /// <summary>The third line of the canonical request.</summary>
    public string CanonicalQuery() => Trace().CanonicalRequest.Split('\n')[2];

    /// <summary>The canonical header lines, those of host and date left out.</summary>
    public string[] CanonicalHeaders() =>
        [.. Trace().CanonicalRequest.Split('\n')[3..^3].Where(line => !line.StartsWith("host:", StringComparison.Ordinal)
            && !line.StartsWith("x-amz-date:", StringComparison.Ordinal))];

    private SigningRequest Facts() =>
        new() { Method = Method, Path = Path, Query = Query, Headers = (RequestHeader[])[.. Headers, new("Host", Host)], Payload = Payload };
}
