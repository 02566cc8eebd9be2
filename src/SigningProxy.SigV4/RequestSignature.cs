namespace SigningProxy.SigV4;

/// <summary>The headers that make a request a signed one. They replace whatever the request holds under these names.</summary>
/// <param name="Authorization">The value of <c>Authorization</c>.</param>
/// <param name="AmzDate">The value of <c>x-amz-date</c>, such as <c>20150830T123600Z</c>.</param>
/// <param name="ContentSha256">The value of <c>x-amz-content-sha256</c>, or null when it is not sent.</param>
/// <param name="SecurityToken">The value of <c>x-amz-security-token</c>, or null without a session token.</param>
public readonly record struct RequestSignature(string Authorization, string AmzDate, string? ContentSha256, string? SecurityToken)
{
    /// <summary>Neither signature nor token: only when it was made.</summary>
    public override string ToString() => $"signature of {AmzDate} (not shown)";
}

/// <summary>The intermediates of one signature, for diagnosis. They cost strings, and so are made only when this is handed to the signer.</summary>
/// <remarks>The canonical request holds the session token when it is signed: redact before showing it.</remarks>
public sealed class SigningTrace
{
    /// <summary>The canonical request.</summary>
    public string CanonicalRequest { get; internal set; } = "";

    /// <summary>The string to sign.</summary>
    public string StringToSign { get; internal set; } = "";

    /// <summary>The names of the signed headers, lower-case, sorted, joined by semicolons.</summary>
    public string SignedHeaders { get; internal set; } = "";

    /// <summary>The credential scope: date, region, service and <c>aws4_request</c>, joined by slashes.</summary>
    public string Scope { get; internal set; } = "";

    /// <summary>The signature, in lower-case hexadecimal.</summary>
    public string Signature { get; internal set; } = "";
}
