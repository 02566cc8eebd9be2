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

    /// <summary>The roles that may be assumed, each ARN once.</summary>
    public IReadOnlyList<LocalRole> Roles { get; init; } = [];

    /// <summary>The shortest session that may be asked for. AWS's 15 minutes, and so the default; less lets tests see sessions expire.</summary>
    public TimeSpan MinimumDuration { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Whose tokens AssumeRoleWithWebIdentity takes, each issuer once.</summary>
    public IReadOnlyList<LocalTokenIssuer> TokenIssuers { get; init; } = [];

    /// <summary>The certificate authorities that Roles Anywhere trusts, each ARN once.</summary>
    public IReadOnlyList<LocalTrustAnchor> TrustAnchors { get; init; } = [];

    /// <summary>The profiles of Roles Anywhere, each ARN once.</summary>
    public IReadOnlyList<LocalProfile> Profiles { get; init; } = [];

    /// <summary>The clock that signing times and expirations are held against.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Which services may be sent <c>UNSIGNED-PAYLOAD</c>. AWS takes it for the S3 family alone, and so does the default.</summary>
    public UnsignedPayload UnsignedPayload { get; init; }

    /// <summary>With a certificate and its private key the stand-in speaks https (HTTP/1.1 and HTTP/2); without, http.</summary>
    public X509Certificate2? Certificate { get; init; }
}
