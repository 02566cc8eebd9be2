using SigningProxy.SigV4;

namespace SigningProxy.Explain;

internal enum SigningAlgorithm
{
    SigV4,
    SigV4a,
}

/// <summary>How a request is to be signed, as far as somebody said; what is null is found out or has a default.</summary>
internal sealed record SigningTerms
{
    /// <summary>AWS's signing name; null to read it from the host.</summary>
    public string? Service { get; init; }

    /// <summary>Null to read it from the host.</summary>
    public string? Region { get; init; }

    public SigningAlgorithm Algorithm { get; init; } = SigningAlgorithm.SigV4;

    /// <summary>Of SigV4A: where the signature is good; empty for <see cref="Region"/> alone.</summary>
    public IReadOnlyList<string> RegionSet { get; init; } = [];

    /// <summary>When it is signed; null for the date of an answer that it is compared with, else for now.</summary>
    public DateTimeOffset? Instant { get; init; }

    /// <summary>Null for the service's own.</summary>
    public PathEncoding? PathEncoding { get; init; }

    /// <summary>Null for the service's own.</summary>
    public PathNormalization? PathNormalization { get; init; }

    /// <summary>Null for the service's own.</summary>
    public ContentSha256Header? ContentSha256Header { get; init; }

    /// <summary>Null for the service's own.</summary>
    public SessionTokenMode? SessionTokenMode { get; init; }

    /// <summary>What is said of the body; null to take what the request says, else its SHA-256.</summary>
    public PayloadHash? Payload { get; init; }

    /// <summary>How long a presigned URL is good; null to sign by headers.</summary>
    public TimeSpan? Presign { get; init; }

    /// <summary>Headers to sign beside those that always are.</summary>
    public IReadOnlyList<string> SignHeaders { get; init; } = [];

    /// <summary>Whether every header of the request is signed, those included that never are.</summary>
    public bool SignAllHeaders { get; init; }

    public SigningSettings SettingsFor(string service)
    {
        var own = SigningSettings.ForService(service);
        return own with
        {
            PathEncoding = PathEncoding ?? own.PathEncoding,
            PathNormalization = PathNormalization ?? own.PathNormalization,
            ContentSha256Header = ContentSha256Header ?? own.ContentSha256Header,
            SessionTokenMode = SessionTokenMode ?? own.SessionTokenMode,
        };
    }
}
