namespace SigningProxy.SigV4;

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

    /// <summary>The credential scope: date, region (none in SigV4A), service and <c>aws4_request</c>, joined by slashes.</summary>
    public string Scope { get; internal set; } = "";

    /// <summary>The signature, in lower-case hexadecimal.</summary>
    public string Signature { get; internal set; } = "";
}
