namespace SigningProxy.LocalAws.Verification;

/// <summary>What a verification came to: <see cref="Verified"/> or <see cref="Refused"/>.</summary>
internal abstract record VerificationOutcome;

/// <summary>The signature holds, and so does everything it covers.</summary>
internal sealed record Verified(
    string AccessKeyId,
    CredentialScope Scope,
    IReadOnlyList<string> SignedHeaders,
    string CanonicalRequest,
    string StringToSign) : VerificationOutcome;

/// <summary>The request is not believed. What was not reached before the refusal is null.</summary>
/// <param name="Code">AWS's error code.</param>
/// <param name="Message">The reason in a sentence, without secrets.</param>
internal sealed record Refused(string Code, string Message) : VerificationOutcome
{
    public string? AccessKeyId { get; init; }

    public CredentialScope? Scope { get; init; }

    public string? CanonicalRequest { get; init; }

    public string? StringToSign { get; init; }
}
