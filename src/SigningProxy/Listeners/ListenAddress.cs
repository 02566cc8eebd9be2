using System.Globalization;
using System.Net;
using System.Text;
using SigningProxy.Callouts;

namespace SigningProxy.Listeners;

/// <summary>Where to listen, as an operator writes it.</summary>
internal sealed record ListenAddress
{
    public const string Forms = "Write \"127.0.0.1:8080\", \"localhost:8080\" (both loopback addresses), \"[::1]:8080\", \"unix:/run/signing-proxy.sock\" (an absolute path of at most 107 bytes), or \"h2c:\" before one of these for HTTP/2 without TLS, or \"https:\" for TLS. \" by Token\" behind it says how callers prove who they are: Loopback, UnixPeer, Token, Jwt, ClientCertificate, LocalSigV4, or several with commas";

    // sun_path of unix(7), without the zero that ends it.
    private const int LongestSocketPath = 107;

    private const string By = " by ";

    private static readonly (string Prefix, ListenProtocol Protocol)[] Protocols = [("h2c:", ListenProtocol.Http2), ("https:", ListenProtocol.Tls)];

    public required ListenProtocol Protocol { get; init; }

    /// <summary>How callers prove who they are; reaching the listener when nothing is said.</summary>
    public AcceptedProofs Proofs { get; init; } = AcceptedProofs.Loopback;

    /// <summary>The address to bind, or null for <c>localhost</c> and for a socket.</summary>
    public IPAddress? Ip { get; init; }

    /// <summary>0 lets the system choose one.</summary>
    public int Port { get; init; }

    /// <summary>The socket's path, or null for TCP.</summary>
    public string? SocketPath { get; init; }

    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLocal => SocketPath is not null || Ip is null || IPAddress.IsLoopback(Ip);

    /// <summary>Whether the two cannot both be opened.</summary>
    public bool Clashes(ListenAddress other)
    {
        if (SocketPath is not null || other.SocketPath is not null)
            return SocketPath == other.SocketPath;
        return Port != 0 && Port == other.Port && Addresses.Any(one => other.Addresses.Any(another => Overlap(one, another) || Overlap(another, one)));
    }

    public static bool TryParse(string? text, out ListenAddress? address)
    {
        address = null;
        var by = text?.LastIndexOf(By, StringComparison.Ordinal) ?? -1;
        var proofs = AcceptedProofs.Loopback;
        if (by >= 0 && !TryParseProofs(text![(by + By.Length)..], out proofs))
            return false;
        if (!TryParsePlace(by < 0 ? text ?? "" : text![..by], out address))
            return false;
        address = address! with { Proofs = proofs };
        return true;
    }

    private IPAddress[] Addresses => Ip is null ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [Ip];

    /// <summary>Any address of IPv6 is any of IPv4 too.</summary>
    private static bool Overlap(IPAddress one, IPAddress other) =>
        one.Equals(other) || one.Equals(IPAddress.IPv6Any) || (one.Equals(IPAddress.Any) && other.AddressFamily == one.AddressFamily);

    private static bool TryParseProofs(string text, out AcceptedProofs proofs)
    {
        proofs = AcceptedProofs.None;
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            // Numbers are no words.
            if (!Enum.TryParse<AcceptedProofs>(word, out var proof) || !Enum.IsDefined(proof) || !char.IsAsciiLetter(word[0]) || proof == AcceptedProofs.None)
                return false;
            proofs |= proof;
        }
        return true;
    }

    private static bool TryParsePlace(string text, out ListenAddress? address)
    {
        address = null;
        const string unix = "unix:";
        var (protocol, rest) = Protocols.Where(p => text.StartsWith(p.Prefix, StringComparison.Ordinal)).Select(p => (p.Protocol, text[p.Prefix.Length..])).FirstOrDefault((ListenProtocol.Http1, text));
        if (rest.StartsWith(unix, StringComparison.Ordinal))
        {
            var path = rest[unix.Length..];
            if (!Path.IsPathRooted(path) || Encoding.UTF8.GetByteCount(path) > LongestSocketPath)
                return false;
            address = new ListenAddress { Protocol = protocol, SocketPath = path };
            return true;
        }
        var colon = rest.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return false;
        var host = rest[..colon];
        if (host == "localhost")
        {
            address = new ListenAddress { Protocol = protocol, Port = port };
            // The system would choose two different ports for the two addresses.
            return port != 0;
        }
        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (!IPAddress.TryParse(bracketed ? host[1..^1] : host, out var ip) || bracketed == (ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork))
            return false;
        address = new ListenAddress { Protocol = protocol, Ip = ip, Port = port };
        return true;
    }

    public override string ToString()
    {
        var place = SocketPath is not null ? $"unix:{SocketPath}" : Ip is null ? $"localhost:{Port}" : new IPEndPoint(Ip, Port).ToString();
        var prefix = Protocols.FirstOrDefault(p => p.Protocol == Protocol).Prefix ?? "";
        return Proofs == AcceptedProofs.Loopback ? prefix + place : $"{prefix}{place}{By}{Proofs.ToString().Replace(" ", "", StringComparison.Ordinal)}";
    }
}

internal enum ListenProtocol
{
    /// <summary>HTTP/1.1.</summary>
    Http1,

    /// <summary>HTTP/2 without TLS, by prior knowledge. Without TLS the two cannot share a listener.</summary>
    Http2,

    /// <summary>HTTP/1.1 and HTTP/2 over TLS.</summary>
    Tls,
}
