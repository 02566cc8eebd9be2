using System.Collections.Frozen;
using SigningProxy.Bodies;
using SigningProxy.Catalog;
using SigningProxy.Sessions;
using SigningProxy.SigV4;

namespace SigningProxy.Forwarding;

/// <summary>What the transform decided and the handler carries out: with whose keys to sign, and exactly what.</summary>
internal sealed record SigningIntent
{
    private static readonly HttpRequestOptionsKey<SigningIntent> Key = new("SigningProxy.Intent");

    public required IntendedSignature Signature { get; init; }

    public required NamedCredential NamedCredential { get; init; }

    /// <summary>Whose credentials sign; null where nothing is signed.</summary>
    public required Session? Session { get; init; }

    /// <summary>The very object the transform put on the request; another one means that something rewrote it.</summary>
    public required Uri Address { get; init; }

    public required OutboundTarget Target { get; init; }

    /// <summary>Null where nothing is signed, and nothing had to be known of it.</summary>
    public required OutboundBody? Body { get; init; }

    /// <summary>Headers to sign beside those that always are.</summary>
    public required FrozenSet<string> CustomHeaders { get; init; }

    /// <summary>Filled with the intermediates of the signature where somebody looks on; else null.</summary>
    public SigningTrace? Trace { get; init; }

    /// <summary>What came of an answer that asked for other credentials; null when none did.</summary>
    public ReplayOutcome? Replay { get; set; }

    public ExternalCredential ExternalCredential => NamedCredential.ExternalCredential;

    public void AttachTo(HttpRequestMessage request) => request.Options.Set(Key, this);

    public static SigningIntent? Of(HttpRequestMessage request) => request.Options.TryGetValue(Key, out var intent) ? intent : null;
}

internal enum IntendedSignature
{
    /// <summary>Ours.</summary>
    Generated,

    /// <summary>The caller's own authorization goes on as it came.</summary>
    CallersOwn,
}
