using SigningProxy.Explain.Comparing;
using SigningProxy.SigV4;

namespace SigningProxy.Explain;

/// <summary>One signature with all that led to it. It may hold a session token and operators' secrets until a <see cref="Redaction"/> has gone over it.</summary>
internal sealed record Explanation
{
    public required string Method { get; init; }

    /// <summary>Where the request goes; with the signature in it where it is presigned.</summary>
    public required string Url { get; init; }

    /// <summary>AWS's name of the algorithm, as it stands in the string to sign.</summary>
    public required string Algorithm { get; init; }

    public required string Service { get; init; }

    /// <summary>The region, or the region set of SigV4A with commas between.</summary>
    public required string Region { get; init; }

    public required string AccessKeyId { get; init; }

    public required DateTimeOffset Instant { get; init; }

    public required string CanonicalRequest { get; init; }

    public required string StringToSign { get; init; }

    /// <summary>Date, region (not with SigV4A), service and <c>aws4_request</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>Lower-case, sorted, with semicolons between.</summary>
    public required string SignedHeaders { get; init; }

    /// <summary>What the canonical request says of the body.</summary>
    public required string PayloadHash { get; init; }

    public required string Signature { get; init; }

    /// <summary>The value of the header, or null where the request is presigned.</summary>
    public required string? Authorization { get; init; }

    /// <summary>The headers that are sent, the signer's own among them.</summary>
    public required IReadOnlyList<RequestHeader> Headers { get; init; }

    /// <summary>How long a presigned URL is good, or null.</summary>
    public TimeSpan? Presign { get; init; }

    /// <summary>What was found out, assumed or left out, each one or more sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How it differs from what AWS answered, or null where that was not asked.</summary>
    public Comparison? Comparison { get; init; }
}
