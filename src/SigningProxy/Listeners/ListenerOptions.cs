using System.Globalization;

namespace SigningProxy.Listeners;

/// <summary>Where the proxy is reached. Section <c>SigningProxy:Listeners</c>.</summary>
internal sealed class ListenerOptions
{
    public const string Section = "SigningProxy:Listeners";

    /// <summary>Turns the operations listener off, or the operator's socket.</summary>
    public const string Off = "off";

    private const string DefaultCallouts = "localhost:8080";

    /// <summary>The listeners for callouts; <c>localhost:8080</c> when none is named.</summary>
    public IList<string> Callouts { get; } = [];

    /// <summary>The listener for health and metrics, or <c>off</c>.</summary>
    public string Operations { get; set; } = "127.0.0.1:9080";

    /// <summary>The operator's Unix socket, <c>unix:PATH</c> or <c>off</c>; when empty, one in a folder of our own.</summary>
    public string Operator { get; set; } = "";

    /// <summary>The mode of Unix sockets, in octal.</summary>
    public string SocketMode { get; set; } = "0600";

    /// <summary>The group of Unix sockets, by name or number; the process's own when empty.</summary>
    public string SocketGroup { get; set; } = "";

    /// <remarks>One that is written twice is opened once.</remarks>
    public IReadOnlyList<ListenAddress> CalloutAddresses() =>
        [.. Written.Select(text => ListenAddress.TryParse(text, out var address) ? address! : throw new FormatException(text)).Distinct()];

    public ListenAddress? OperationsAddress() => Operations != Off && ListenAddress.TryParse(Operations, out var address) ? address : null;

    /// <summary>The operator's socket where the settings name it, else null.</summary>
    public ListenAddress? OperatorAddress() => TryParseOperator(Operator, out var address) ? address : null;

    /// <summary>Reads where the operator's socket is: an absolute path after <c>unix:</c>.</summary>
    public static bool TryParseOperator(string? text, out ListenAddress? address) =>
        ListenAddress.TryParse(text, out address) && address is { SocketPath: not null, Protocol: ListenProtocol.Http1 };

    public UnixFileMode Mode() => (UnixFileMode)Convert.ToInt32(SocketMode, 8);

    private IEnumerable<string> Written => Callouts.Count == 0 ? [DefaultCallouts] : Callouts;

    public IEnumerable<string> Faults()
    {
        foreach (var text in Written)
        {
            if (!ListenAddress.TryParse(text, out _))
                yield return $"{Section}:Callouts: \"{text}\" is not an address to listen on. {ListenAddress.Forms}.";
        }
        if (Operations != Off && (!ListenAddress.TryParse(Operations, out var operations) || operations!.Protocol != ListenProtocol.Http1))
            yield return $"{Section}:Operations: \"{Operations}\" is not an address to listen on. Write \"127.0.0.1:9080\" or \"off\".";
        if (Operator is not ("" or Off) && !TryParseOperator(Operator, out _))
            yield return $"{Section}:Operator: \"{Operator}\" is not a Unix socket. Write \"unix:\" and an absolute path of at most 107 bytes, or \"off\".";
        if (SocketMode.Length is < 3 or > 4 || !int.TryParse(SocketMode, NumberStyles.None, CultureInfo.InvariantCulture, out _) || SocketMode.Any(c => c > '7'))
            yield return $"{Section}:SocketMode: \"{SocketMode}\" is not a file mode. Write it in octal, such as \"0660\".";
        if (SocketGroup.Length > 0 && UnixGroup.Find(SocketGroup) is null)
            yield return $"{Section}:SocketGroup: there is no group \"{SocketGroup}\" in /etc/group. Write a group's name or its number.";
    }
}
