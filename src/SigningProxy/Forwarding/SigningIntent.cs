using System.Collections.Frozen;
using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Forwarding;

/// <summary>What the transform decided and the handler carries out: with whose keys to sign, and exactly what.</summary>
internal sealed record SigningIntent
{
    private static readonly HttpRequestOptionsKey<SigningIntent> Key = new("SigningProxy.Intent");

    public required IntendedSignature Signature { get; init; }

    public required ExternalCredential ExternalCredential { get; init; }

    public required Principal Principal { get; init; }

    /// <summary>The very object the transform put on the request; another one means that something rewrote it.</summary>
    public required Uri Address { get; init; }

    public required OutboundTarget Target { get; init; }

    public required PayloadHash Payload { get; init; }

    /// <summary>Headers to sign beside those that always are.</summary>
    public required FrozenSet<string> CustomHeaders { get; init; }

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
