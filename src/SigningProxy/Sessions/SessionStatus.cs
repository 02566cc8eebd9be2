using SigningProxy.Catalog;

namespace SigningProxy.Sessions;

/// <summary>How the session of a principal stands, for the operator.</summary>
internal sealed record SessionStatus
{
    /// <summary>The status of a principal that has nothing yet.</summary>
    public static SessionStatus Of(ExternalCredential externalCredential, Principal principal) => new()
    {
        ExternalCredential = externalCredential.Name,
        Principal = principal.Name,
        SequenceNumber = principal.SequenceNumber,
        Variant = externalCredential.Variant,
        Missing = principal.Missing,
    };

    public required string ExternalCredential { get; init; }

    public required string Principal { get; init; }

    public required int SequenceNumber { get; init; }

    public required CredentialVariant Variant { get; init; }

    /// <summary>What the principal lacks; there is no session as long as that is so.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The access key id with its middle masked, or null without a session.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>When it ends; null for keys that do not, and without a session.</summary>
    public DateTimeOffset? Expiration { get; init; }

    public DateTimeOffset? ObtainedAt { get; init; }

    /// <summary>Why the session in hand was obtained.</summary>
    public RefreshReason? Reason { get; init; }

    /// <summary>When the next attempt is due; null when only a call makes one.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Why the last attempt failed; null once another has succeeded.</summary>
    public string? LastError { get; init; }

    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>Whether there are credentials that have not ended.</summary>
    public bool IsObtained(DateTimeOffset now) => AccessKeyId is not null && (Expiration is null || Expiration > now);

    /// <summary>The first four and the last four characters of an access key id.</summary>
    public static string Mask(string accessKeyId) => accessKeyId.Length < 12 ? "****" : $"{accessKeyId[..4]}****{accessKeyId[^4..]}";
}
