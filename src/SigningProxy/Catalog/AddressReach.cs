using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SigningProxy.Catalog;

/// <summary>Which addresses an entry may lead to.</summary>
internal enum AddressReach
{
    /// <summary>All: it was provisioned.</summary>
    Everywhere,

    /// <summary>All but those that tell a machine of itself: link-local, and where clouds serve metadata.</summary>
    NoMetadata,

    /// <summary>Neither those nor the machine itself.</summary>
    NoLocal,
}

/// <summary>Judges addresses, in whatever form of IPv6 one of IPv4 is written.</summary>
internal static class AddressReaches
{
    // Beyond the link-local ranges: AWS (instance and pods), Google Cloud, Alibaba Cloud, Azure and Oracle Cloud.
    private static readonly HashSet<IPAddress> Metadata =
    [
        .. ((string[])["fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"]).Select(IPAddress.Parse),
    ];

    public static bool Allows(this AddressReach reach, IPAddress address) => reach switch
    {
        AddressReach.Everywhere => true,
        AddressReach.NoMetadata => !Forms(address).Any(IsMetadata),
        _ => !Forms(address).Any(a => IsMetadata(a) || IsLocal(a)),
    };

    /// <summary>Whether a host may be led to, so far as its text tells: a name leads to what its resolver says.</summary>
    public static bool AllowsText(this AddressReach reach, string host)
    {
        var bare = host.Trim('[', ']').TrimEnd('.');
        return IPAddress.TryParse(bare, out var address)
            ? reach.Allows(address)
            : reach != AddressReach.NoLocal || !(bare.Equals("localhost", StringComparison.OrdinalIgnoreCase) || bare.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsMetadata(IPAddress address) => address.IsIPv6LinkLocal || IsWithin(address, 169, 254) || Metadata.Contains(address);

    // What begins with 0 leads to the machine itself, as :: does.
    private static bool IsLocal(IPAddress address) => IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6Any) || IsWithin(address, 0);

    private static bool IsWithin(IPAddress address, params ReadOnlySpan<byte> start) =>
        address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes().AsSpan().StartsWith(start);

    /// <summary>The address, without its scope, and those of IPv4 that it carries.</summary>
    private static IEnumerable<IPAddress> Forms(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return [address];
        var bytes = address.GetAddressBytes();
        return [new IPAddress(bytes), .. Carried(bytes)];
    }

    private static IEnumerable<IPAddress> Carried(byte[] bytes)
    {
        var start = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var middle = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(8));
        var last = bytes.AsSpan(12);
        // Mapped and compatible (RFC 4291, 2.5.5), translated (RFC 2765); that :: and ::1 are compatible ones too does no harm.
        if (start == 0 && middle is 0 or 0xFFFF or 0xFFFF0000)
            return [new IPAddress(last)];
        // NAT64 (RFC 6052), and its local prefix of 48 bits (RFC 8215), in which the four bytes may stand around the ninth.
        if (start == 0x0064_FF9B_0000_0000)
            return [new IPAddress(last)];
        if (start >> 16 == 0x0064_FF9B_0001)
            return [new IPAddress(last), new IPAddress([bytes[6], bytes[7], bytes[9], bytes[10]])];
        // 6to4 (RFC 3056).
        if (start >> 48 == 0x2002)
            return [new IPAddress(bytes.AsSpan(2, 4))];
        // Teredo (RFC 4380): the client's with every bit turned.
        if (start >> 32 == 0x2001_0000)
            return [new IPAddress(bytes.AsSpan(4, 4)), new IPAddress(~BinaryPrimitives.ReadUInt32LittleEndian(last))];
        // ISATAP (RFC 5214).
        return (middle & 0xFDFF_FFFF) == 0x0000_5EFE ? [new IPAddress(last)] : [];
    }
}
