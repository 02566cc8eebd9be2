using SigningProxy.SigV4;

namespace SigningProxy.Catalog;

/// <summary>One AWS identity inside an external credential.</summary>
internal sealed record Principal
{
    /// <summary>The Parameter Name: 1 to 80 characters, compared ordinally.</summary>
    public required string Name { get; init; }

    /// <summary>The lowest among those granted to a caller wins.</summary>
    public required int SequenceNumber { get; init; }

    /// <summary>What its session is kept under.</summary>
    public required SessionKey SessionKey { get; init; }

    /// <summary>The key pair of the AccessKey variant, or null while it is not configured.</summary>
    public SessionCredentials? Keys { get; init; }

    /// <summary>The role of the other variants, or null while it is not configured.</summary>
    public string? RoleArn { get; init; }

    /// <summary>What its variant needs and it lacks, each in a few words; empty when it is Configured.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
