namespace SigningProxy.Callouts;

/// <summary>What a connection's listener is for; a feature of every connection.</summary>
/// <param name="Purpose">What is served there.</param>
/// <param name="Transport">Whether a browser could be at the other end.</param>
/// <param name="Proofs">How callers prove who they are.</param>
internal sealed record Listener(ListenerPurpose Purpose, ListenerTransport Transport, AcceptedProofs Proofs = AcceptedProofs.Loopback);

internal enum ListenerPurpose
{
    /// <summary>Callouts to any named credential.</summary>
    Callouts,

    /// <summary>Callouts to the one named credential that declared the port.</summary>
    OwnPort,

    /// <summary>Health and metrics; and what is an operator's, with a proof in the request.</summary>
    Operations,

    /// <summary>The same, and whoever connects is proved an operator by the system.</summary>
    Operator,

    /// <summary>The administrator's side.</summary>
    Setup,
}

internal enum ListenerTransport
{
    Tcp,
    UnixSocket,
}
