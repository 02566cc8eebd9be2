using System.Globalization;

namespace SigningProxy.Listeners;

/// <summary>
/// The operator's Unix socket, which only the proxy's own user can open: where that is not told by the settings, a place of its own that
/// <c>signing-proxy sessions</c> finds too. The proxy serves without it where that place is not to be had.
/// </summary>
internal sealed class OperatorSocket(ListenerOptions options) : IDisposable
{
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private FileStream? _claim;

    /// <summary>Where the socket is looked for, and made, when nobody says where.</summary>
    public static string DefaultPath { get; } = Path.Combine(
        FolderFor(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), Path.GetTempPath(), UnixUser.Own), "operator.sock");

    /// <summary>The socket that is to be opened, or null.</summary>
    public string? Opened { get; private set; }

    /// <summary>Why there is none though it was not turned off, as a clause; or null.</summary>
    public string? Problem { get; private set; }

    /// <param name="runtime">The user's own folder for sockets ($XDG_RUNTIME_DIR), or null; one that is not absolute counts as none.</param>
    /// <param name="temporary">The folder for temporary files, which is everybody's.</param>
    /// <param name="user">The user's number.</param>
    public static string FolderFor(string? runtime, string temporary, uint user) => Path.IsPathRooted(runtime)
        ? Path.Combine(runtime, "signing-proxy")
        : Path.Combine(temporary, string.Create(CultureInfo.InvariantCulture, $"signing-proxy-{user}"));

    /// <summary>Makes the way free for the socket.</summary>
    /// <exception cref="IOException">The settings name the socket, and it cannot be opened.</exception>
    public void Prepare()
    {
        if (options.Operator == ListenerOptions.Off)
            return;
        if (options.OperatorAddress() is { SocketPath: { } named })
        {
            UnixSocketFile.Clear(named);
            Opened = named;
            return;
        }
        Problem = ListenerOptions.TryParseOperator($"unix:{DefaultPath}", out _)
            ? PrivateFolder.Make(Path.GetDirectoryName(DefaultPath)!) ?? Claim()
            : $"the path {DefaultPath} is longer than a socket's may be";
        if (Problem is null)
            Opened = DefaultPath;
    }

    public void Dispose() => _claim?.Dispose();

    /// <remarks>Of several proxies that start at once, the one that holds the lock has the socket; the system lets go of it whatever way a process ends.</remarks>
    private string? Claim()
    {
        try
        {
            _claim = new FileStream($"{DefaultPath}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            UnixSocketFile.Clear(DefaultPath);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return _claim is null ? $"another proxy has {DefaultPath}" : e.Message.TrimEnd('.');
        }
    }
}
