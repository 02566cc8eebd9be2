namespace SigningProxy.SigV4;

/// <summary>A header that is to be signed. A name that comes twice is signed as one line, its values joined by a comma in this order.</summary>
/// <param name="Name">The name, in any case.</param>
/// <param name="Value">The value as it is sent; it is trimmed, and inner white space folded, for the canonical request alone.</param>
public readonly record struct RequestHeader(string Name, string Value)
{
    /// <summary>The name alone: a value may be a token or an operator's secret.</summary>
    public override string ToString() => $"{Name} (value not shown)";
}

/// <summary>The facts of a request that a signature covers. They must be what is sent, to the character.</summary>
public readonly ref struct SigningRequest
{
    /// <summary>The method, as sent.</summary>
    public required string Method { get; init; }

    /// <summary>The path as sent, percent-encoded, from <see cref="CanonicalPath.ToSend"/>.</summary>
    public required ReadOnlySpan<char> Path { get; init; }

    /// <summary>The query as sent, without its question mark; its order does not matter to the signature.</summary>
    public required ReadOnlySpan<char> Query { get; init; }

    /// <summary>
    /// The headers to sign, <c>host</c> among them. <c>x-amz-date</c>, <c>x-amz-security-token</c> and <c>authorization</c> are the signer's
    /// own, and so are <c>x-amz-content-sha256</c> in the header form, <c>x-amz-region-set</c> in SigV4A, and <c>x-amz-x509</c> and
    /// <c>x-amz-x509-chain</c> where a certificate signs: what stands here under these names is passed over.
    /// </summary>
    public required ReadOnlySpan<RequestHeader> Headers { get; init; }

    /// <summary>What is said of the body. Null means <see cref="PayloadHash.Empty"/>, or <see cref="SigningSettings.PresignedPayload"/> in the query form.</summary>
    public PayloadHash? Payload { get; init; }
}
