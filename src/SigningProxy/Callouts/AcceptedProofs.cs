namespace SigningProxy.Callouts;

/// <summary>The proofs by which a listener lets callers tell who they are.</summary>
[Flags]
internal enum AcceptedProofs
{
    None = 0,

    /// <summary>Reaching the listener is proof enough: the caller is <c>local</c>, where no other proof is offered.</summary>
    Loopback = 1,

    /// <summary>User and group of the process at the other end of a Unix socket.</summary>
    UnixPeer = 2,

    Token = 4,

    Jwt = 8,

    ClientCertificate = 16,

    /// <summary>A signature by a local key pair.</summary>
    LocalSigV4 = 32,
}
