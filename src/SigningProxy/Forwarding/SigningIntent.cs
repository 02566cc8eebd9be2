using System.Collections.Frozen;
using SigningProxy.Bodies;
using SigningProxy.Catalog;
using SigningProxy.Destinations;
using SigningProxy.Sessions;
using SigningProxy.SigV4;

namespace SigningProxy.Forwarding;

/// <summary>What was decided of a request that goes out: with whose keys to sign, and exactly what.</summary>
internal sealed record SigningIntent
{
    public required IntendedSignature Signature { get; init; }

    public required NamedCredential NamedCredential { get; init; }

    /// <summary>Whose credentials sign; null where nothing is signed.</summary>
    public required Session? Session { get; init; }

    public required Destination Destination { get; init; }

    /// <summary>What is sent, and signed before that.</summary>
    public required OutboundRequest Request { get; init; }

    /// <summary>The very object that was put on a message of YARP's; another one means that something rewrote it. Null where there is no message.</summary>
    public Uri? Address { get; init; }

    /// <summary>Null where nothing is signed, and nothing had to be known of it.</summary>
    public required OutboundBody? Body { get; init; }

    /// <summary>Headers to sign beside those that always are.</summary>
    public required FrozenSet<string> CustomHeaders { get; init; }

    /// <summary>Filled with the intermediates of the signature where somebody looks on; else null.</summary>
    public SigningTrace? Trace { get; init; }

    /// <summary>What came of an answer that asked for other credentials; null when none did.</summary>
    public ReplayOutcome? Replay { get; set; }

    public ExternalCredential ExternalCredential => NamedCredential.ExternalCredential;
}

internal enum IntendedSignature
{
    /// <summary>Ours.</summary>
    Generated,

    /// <summary>The caller's own authorization goes on as it came.</summary>
    CallersOwn,
}
