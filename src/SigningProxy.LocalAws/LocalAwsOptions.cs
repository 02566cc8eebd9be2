using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.LocalAws;

/// <summary>What the stand-in listens on and whom it believes.</summary>
public sealed class LocalAwsOptions
{
    /// <summary>The port, 0..65535. 0, the default, takes any free one: read <see cref="LocalAwsServer.Address"/>.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on. The default is 127.0.0.1; anything else opens the stand-in to other machines.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The keys whose signatures are accepted. Access key ids are unique.</summary>
    public IReadOnlyList<LocalKey> Keys { get; init; } = [];

    /// <summary>The clock that signing times and expirations are held against.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Which services may be sent <c>UNSIGNED-PAYLOAD</c>. AWS takes it for the S3 family alone, and so does the default.</summary>
    public UnsignedPayload UnsignedPayload { get; init; }

    /// <summary>With a certificate and its private key the stand-in speaks https (HTTP/1.1 and HTTP/2); without, http.</summary>
    public X509Certificate2? Certificate { get; init; }
}
