using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SigningProxy.Listeners;

/// <summary>The file of a Unix socket: cleared away when it is stale, and given its mode and group.</summary>
internal static partial class UnixSocketFile
{
    /// <summary>Removes what an earlier process left, but only a socket on which nobody answers.</summary>
    /// <exception cref="IOException">Something else is in the way.</exception>
    public static void Clear(string path)
    {
        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
            throw new IOException($"The folder {folder} of the socket {path} does not exist. Make it, or listen on another path.");
        if (!File.Exists(path))
            return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException)
        {
            throw new IOException($"{path} is in the way and is not a socket that nobody answers on. Remove it, or listen on another path.");
        }
        throw new IOException($"Another process answers on {path}. Stop it, or listen on another path.");
    }

    /// <exception cref="IOException">The system does not let us.</exception>
    public static void Share(string path, UnixFileMode mode, string group)
    {
        if (group.Length > 0 && Chown(path, uint.MaxValue, UnixGroup.Find(group)!.Value) != 0)
            throw new IOException($"The group of {path} could not be set to {group}: {Marshal.GetLastPInvokeErrorMessage()}.");
        File.SetUnixFileMode(path, mode);
    }

    /// <remarks>A regular file refuses a connection just as a stale socket does.</remarks>
    private static bool IsSocket(string path)
    {
        // Opening a socket as a file fails with ENXIO; the attributes of .NET do not tell sockets apart.
        try
        {
            using var file = File.OpenHandle(path);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint owner, uint group);
}
