namespace SigningProxy.Sessions;

/// <summary>How a session stands, for the operator.</summary>
internal sealed record SessionStatus
{
    public required string ExternalCredential { get; init; }

    public required string Principal { get; init; }

    public required int SequenceNumber { get; init; }

    public required Catalog.CredentialVariant Variant { get; init; }

    /// <summary>The access key id with its middle masked, or null without a session.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>When it ends; null for keys that do not, and without a session.</summary>
    public DateTimeOffset? Expiration { get; init; }

    public DateTimeOffset? ObtainedAt { get; init; }

    public RefreshReason? Reason { get; init; }

    /// <summary>When the next attempt is due; null when only a call makes one.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public string? LastError { get; init; }

    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>The first four and the last four characters of an access key id.</summary>
    public static string Mask(string accessKeyId) => accessKeyId.Length < 12 ? "****" : $"{accessKeyId[..4]}****{accessKeyId[^4..]}";
}
