namespace SigningProxy.SigV4;

/// <summary>The headers that make a request a signed one. They replace whatever the request holds under these names.</summary>
/// <param name="Authorization">The value of <c>Authorization</c>.</param>
/// <param name="AmzDate">The value of <c>x-amz-date</c>, such as <c>20150830T123600Z</c>.</param>
/// <param name="ContentSha256">The value of <c>x-amz-content-sha256</c>, or null when it is not sent.</param>
/// <param name="SecurityToken">The value of <c>x-amz-security-token</c>, or null without a session token.</param>
/// <param name="RegionSet">The value of <c>x-amz-region-set</c>, or null unless it is a SigV4A signature.</param>
public readonly record struct RequestSignature(
    string Authorization, string AmzDate, string? ContentSha256, string? SecurityToken, string? RegionSet)
{
    /// <summary>The signature itself in lower-case hexadecimal, which seeds those of the chunks; a new string at every call.</summary>
    public string Signature => Authorization[(Authorization.LastIndexOf('=') + 1)..];

    /// <summary>Neither signature nor token: only when it was made.</summary>
    public override string ToString() => $"signature of {AmzDate} (not shown)";
}
