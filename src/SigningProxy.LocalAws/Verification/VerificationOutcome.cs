namespace SigningProxy.LocalAws.Verification;

/// <summary>What a verification came to: <see cref="Verified"/>, <see cref="Refused"/> or <see cref="NoSignatureNeeded"/>.</summary>
internal abstract record VerificationOutcome;

/// <summary>The signature holds, and so does everything it covers.</summary>
internal sealed record Verified(
    string AccessKeyId,
    CredentialScope Scope,
    IReadOnlyList<string> SignedHeaders,
    string CanonicalRequest,
    string StringToSign) : VerificationOutcome
{
    /// <summary>The body that is meant: without the framing of chunks where it came in chunks.</summary>
    public required byte[] Content { get; init; }
}

/// <summary>The request proves itself by what it says, and is not asked for a signature.</summary>
internal sealed record NoSignatureNeeded : VerificationOutcome;

/// <summary>The request is not believed. What was not reached before the refusal is null.</summary>
/// <param name="Code">AWS's error code.</param>
/// <param name="Message">The reason in a sentence, without secrets.</param>
internal sealed record Refused(string Code, string Message) : VerificationOutcome
{
    /// <summary>What AWS leaves out of its message, for whoever looks for the mistake.</summary>
    public string? Reason { get; init; }

    public string? AccessKeyId { get; init; }

    public CredentialScope? Scope { get; init; }

    public string? CanonicalRequest { get; init; }

    public string? StringToSign { get; init; }
}
