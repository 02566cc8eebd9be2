using System.Globalization;
using SigningProxy.Callouts;

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

    /// <summary>What TLS listeners show: PEM, the certificate and then its intermediates. Read again when it changes.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>The private key in PEM, where it is not in <see cref="CertificateFile"/>.</summary>
    public string CertificateKeyFile { get; set; } = "";

    /// <summary>The authorities of client certificates, a bundle in PEM; needed by listeners that accept these.</summary>
    public string ClientAuthoritiesFile { get; set; } = "";

    /// <remarks>One that is written twice is opened once.</remarks>
    public IReadOnlyList<ListenAddress> CalloutAddresses() =>
        [.. Written.Select(text => ListenAddress.TryParse(text, out var address) ? address! : throw new FormatException(text)).Distinct()];

    /// <summary>
    /// The proofs that the own ports of named credentials accept: those of the listeners for callouts, but for certificates, which need TLS.
    /// Reaching a port is proof enough only where it is so on every listener: a port must be no way around the proofs asked for elsewhere.
    /// </summary>
    public AcceptedProofs OwnPortProofs()
    {
        var all = CalloutAddresses().Select(a => a.Proofs).ToList();
        var together = all.Aggregate(AcceptedProofs.None, (one, other) => one | other) & (AcceptedProofs.Token | AcceptedProofs.Jwt | AcceptedProofs.LocalSigV4);
        return all.TrueForAll(p => p.HasFlag(AcceptedProofs.Loopback)) ? together | AcceptedProofs.Loopback : together;
    }

    public ListenAddress? OperationsAddress() => Operations != Off && ListenAddress.TryParse(Operations, out var address) ? address : null;

    /// <summary>The operator's socket where the settings name it, else null.</summary>
    public ListenAddress? OperatorAddress() => TryParseOperator(Operator, out var address) ? address : null;

    /// <summary>Reads where the operator's socket is: an absolute path after <c>unix:</c>.</summary>
    public static bool TryParseOperator(string? text, out ListenAddress? address) =>
        ListenAddress.TryParse(text, out address) && address is { SocketPath: not null, Protocol: ListenProtocol.Http1, Proofs: AcceptedProofs.Loopback };

    public UnixFileMode Mode() => (UnixFileMode)Convert.ToInt32(SocketMode, 8);

    private IEnumerable<string> Written => Callouts.Count == 0 ? [DefaultCallouts] : Callouts;

    public IEnumerable<string> Faults()
    {
        foreach (var text in Written)
        {
            if (!ListenAddress.TryParse(text, out var address))
                yield return $"{Section}:Callouts: \"{text}\" is not an address to listen on. {ListenAddress.Forms}.";
            else if (ProofFault(address!) is { } fault)
                yield return $"{Section}:Callouts: \"{text}\" {fault}";
        }
        foreach (var (one, other) in Clashes())
            yield return $"{Section}: \"{one}\" and \"{other}\" are at one address, where only one can listen. Give each its own, or write one with all the proofs that it accepts, such as \"127.0.0.1:8080 by Token,Jwt\".";
        if (Operations != Off && (!ListenAddress.TryParse(Operations, out var operations) || operations is not { Protocol: ListenProtocol.Http1, Proofs: AcceptedProofs.Loopback }))
            yield return $"{Section}:Operations: \"{Operations}\" is not an address to listen on. Write \"127.0.0.1:9080\" or \"off\".";
        if (Operator is not ("" or Off) && !TryParseOperator(Operator, out _))
            yield return $"{Section}:Operator: \"{Operator}\" is not a Unix socket. Write \"unix:\" and an absolute path of at most 107 bytes, or \"off\".";
        if (SocketMode.Length is < 3 or > 4 || !int.TryParse(SocketMode, NumberStyles.None, CultureInfo.InvariantCulture, out _) || SocketMode.Any(c => c > '7'))
            yield return $"{Section}:SocketMode: \"{SocketMode}\" is not a file mode. Write it in octal, such as \"0660\".";
        if (SocketGroup.Length > 0 && UnixGroup.Find(SocketGroup) is null)
            yield return $"{Section}:SocketGroup: there is no group \"{SocketGroup}\" in /etc/group. Write a group's name or its number.";
    }

    /// <summary>All of them, but for those that are not written as they should be.</summary>
    public IReadOnlyList<ListenAddress> Addresses() =>
    [
        .. Written.Select(text => ListenAddress.TryParse(text, out var address) ? address : null).Distinct()
            .Append(OperationsAddress()).Append(OperatorAddress()).OfType<ListenAddress>(),
    ];

    /// <summary>Those that take a port, each with its setting. The settings have been judged.</summary>
    public IEnumerable<(string Setting, ListenAddress Address)> WithSettings() =>
    [
        .. CalloutAddresses().Select(a => ($"{Section}:{nameof(Callouts)}", a)),
        .. OperationsAddress() is { } operations ? [($"{Section}:{nameof(Operations)}", operations)] : Array.Empty<(string, ListenAddress)>(),
    ];

    private IEnumerable<(ListenAddress One, ListenAddress Other)> Clashes()
    {
        var all = Addresses();
        return all.SelectMany((one, i) => all.Skip(i + 1).Where(one.Clashes).Select(other => (one, other)));
    }

    /// <summary>What is wrong with the certificate of TLS listeners; nothing where there are none.</summary>
    public IEnumerable<string> CertificateFaults() =>
        CertificateFile.Length > 0 && Faults().FirstOrDefault() is null && CalloutAddresses().Any(a => a.Protocol == ListenProtocol.Tls) ? new ListenerCertificate(this).Faults() : [];

    /// <summary>Why callers cannot prove themselves there so, or null.</summary>
    private string? ProofFault(ListenAddress address) => address switch
    {
        { IsLocal: false } when address.Proofs.HasFlag(AcceptedProofs.Loopback) =>
            "can be reached from other machines, and reaching it proves nobody. Say how callers prove who they are, such as \"https:0.0.0.0:8443 by Token\".",
        { IsLocal: false, Protocol: not ListenProtocol.Tls } => "would carry proofs over the network in the clear. Write \"https:\" before it.",
        { SocketPath: null } when address.Proofs.HasFlag(AcceptedProofs.UnixPeer) => "is no Unix socket, and UnixPeer needs one.",
        { Protocol: not ListenProtocol.Tls } when address.Proofs.HasFlag(AcceptedProofs.ClientCertificate) => "is without TLS, and ClientCertificate needs it. Write \"https:\" before it.",
        { Protocol: ListenProtocol.Tls } when CertificateFile.Length == 0 => $"needs a certificate. Set {Section}:CertificateFile.",
        _ when address.Proofs.HasFlag(AcceptedProofs.ClientCertificate) && ClientAuthoritiesFile.Length == 0 => $"accepts client certificates. Set {Section}:ClientAuthoritiesFile.",
        _ => null,
    };
}
