using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.Catalog;

/// <summary>A name for one endpoint URL, and the external credential behind it.</summary>
internal sealed record NamedCredential
{
    /// <summary>
    /// What a name stands for that does not exist: so it is judged as one that is not the caller's to use, by the same steps. Nobody can
    /// be granted anything here, and it leads nowhere. It is in no catalog, and its name can be no entry's.
    /// </summary>
    public static NamedCredential Nothing { get; } = new()
    {
        Name = "(none)",
        Label = "(none)",
        Url = new Uri("https://nothing.invalid/"),
        ExternalCredential = ExternalCredential.Nothing,
        EnabledForCallouts = false,
    };

    /// <summary>Whether it is one, and not <see cref="Nothing"/>.</summary>
    public bool Exists => !ReferenceEquals(this, Nothing);

    public required string Name { get; init; }

    public required string Label { get; init; }

    /// <summary>Scheme, host, port and base path of the destination.</summary>
    public required Uri Url { get; init; }

    /// <summary>The URL's path without its trailing slash; empty where it has none.</summary>
    public string BasePath => field ??= Url.AbsolutePath.TrimEnd('/');

    public required ExternalCredential ExternalCredential { get; init; }

    /// <summary>Off: every call is refused and the destination never reached.</summary>
    public bool EnabledForCallouts { get; init; } = true;

    /// <summary>Off: the caller's own authorization is forwarded, unsigned by us.</summary>
    public bool GenerateAuthorizationHeader { get; init; } = true;

    /// <summary>Whether merge fields in custom headers are filled in; off, their text goes out as it stands.</summary>
    public bool AllowMergeFieldsInHeader { get; init; }

    /// <summary>In order of their sequence numbers.</summary>
    public IReadOnlyList<CustomHeader> CustomHeaders { get; init; } = [];

    public CallerHeaders CallerHeaders { get; init; } = CallerHeaders.AsTheyCome;

    /// <summary>The <c>host[:port]</c> to sign and send where it is another than the URL's, or null.</summary>
    public string? SignHost { get; init; }

    /// <summary>A loopback port on which every request is meant for this named credential, or null.</summary>
    public int? ListenPort { get; init; }

    /// <summary>For mutual TLS to the destination, or null.</summary>
    public CertificateChain? ClientCertificate { get; init; }

    /// <summary>Where its connections may lead.</summary>
    public AddressReach Reach { get; init; }

    /// <summary>The authorities trusted for the destination in place of the system's, or null.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }
}

/// <summary>A header that the administrator sets; it replaces what the caller sent under its name.</summary>
/// <param name="Name">The header's name.</param>
/// <param name="Value">Its value, which may be secret.</param>
internal sealed record CustomHeader(string Name, Secret Value);

/// <summary>What becomes of headers that the caller sent.</summary>
/// <param name="Remove">Names that are not forwarded.</param>
/// <param name="KeepAs">Names whose values are forwarded under another name, by the name the caller used.</param>
internal sealed record CallerHeaders(IReadOnlySet<string> Remove, IReadOnlyDictionary<string, string> KeepAs)
{
    public static CallerHeaders AsTheyCome { get; } = new(
        new HashSet<string>(StringComparer.OrdinalIgnoreCase), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
}
