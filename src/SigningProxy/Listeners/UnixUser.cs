using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SigningProxy.Listeners;

/// <summary>Users of the system, as far as they tell who an operator is: the proxy's own user, and the superuser.</summary>
internal static partial class UnixUser
{
    private const uint Superuser = 0;

    // socket(7) and asm-generic/socket.h; struct ucred is pid, uid and gid, of 32 bits each.
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    /// <summary>The number of the user this process acts as.</summary>
    public static uint Own { get; } = EffectiveUser();

    /// <summary>Whether the process at the other end of a Unix socket is an operator's (SO_PEERCRED). Where the system does not tell, the socket's mode must do.</summary>
    public static bool IsOperator(Socket? peer)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        Span<byte> credentials = stackalloc byte[3 * sizeof(uint)];
        return peer?.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == credentials.Length
            && MemoryMarshal.Read<uint>(credentials[sizeof(uint)..]) is var user && (user == Own || user == Superuser);
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
