using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections.Features;
using SigningProxy.Callouts;
using SigningProxy.Catalog;

namespace SigningProxy.Callers.Proofs;

/// <summary>
/// The process at the other end of a Unix socket, as the kernel tells it (<c>SO_PEERCRED</c> of unix(7)). User and group decide; the
/// process is logged alone, since its number may be another's by the time it is looked up.
/// </summary>
internal sealed class UnixPeerAuthenticator(ILogger<UnixPeerAuthenticator> logger) : ICallerAuthenticator
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    public AcceptedProofs Kind => AcceptedProofs.UnixPeer;

    public ValueTask<ProofOutcome> JudgeAsync(HttpContext context, ProofTable callers)
    {
        if (context.Features.Get<Listener>() is not { Transport: ListenerTransport.UnixSocket })
            return new(ProofOutcome.NotOffered);
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket)
            return new(ProofOutcome.Invalid("the kernel does not tell who is at the other end"));
        Span<uint> peer = stackalloc uint[3];
        if (socket.GetRawSocketOption(SocketLevel, PeerCredentials, MemoryMarshal.AsBytes(peer)) != 3 * sizeof(uint))
            return new(ProofOutcome.Invalid("the kernel does not tell who is at the other end"));
        Log.Peer(logger, (int)peer[0], peer[1], peer[2]);
        return new(Of(peer[1], peer[2], callers));
    }

    /// <summary>The caller that a user and a group prove: one declared for both, for the user, for the group, or one that is named by the user.</summary>
    public static ProofOutcome Of(uint uid, uint gid, ProofTable callers)
    {
        if (uid == UnixPeerProof.Nobody)
            return ProofOutcome.Invalid("the user is nobody");
        var declared = callers.CallerBy(new UnixPeerProof(uid, gid)) ?? callers.CallerBy(new UnixPeerProof(uid, null)) ?? callers.CallerBy(new UnixPeerProof(null, gid));
        return declared is not null
            ? ProofOutcome.Of(new Caller(declared, nameof(AcceptedProofs.UnixPeer)))
            : new ProofOutcome(Caller.Undeclared("unix-peer", "uid", uid.ToString(CultureInfo.InvariantCulture), nameof(AcceptedProofs.UnixPeer)), null, IsByTheWay: true);
    }
}
