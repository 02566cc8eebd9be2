namespace SigningProxy.Destinations;

/// <summary>Where signed requests go: the address of a named credential's URL or of a cluster's destination, taken apart once.</summary>
internal sealed record Destination
{
    public Destination(Uri url)
    {
        Url = url;
        Prefix = url.AbsoluteUri;
        Origin = url.GetLeftPart(UriPartial.Authority);
        // Signed and sent alike: the port only where it is not the scheme's own, an IPv6 address in brackets.
        Host = url.IsDefaultPort ? url.IdnHost : $"{url.IdnHost}:{url.Port}";
        if (url.HostNameType == UriHostNameType.IPv6)
            Host = url.IsDefaultPort ? $"[{url.IdnHost}]" : $"[{url.IdnHost}]:{url.Port}";
        BasePath = url.AbsolutePath.TrimEnd('/');
        IsSafe = url.Scheme == Uri.UriSchemeHttps || url.IsLoopback;
    }

    public Uri Url { get; }

    /// <summary>The whole address, as YARP has it.</summary>
    public string Prefix { get; }

    /// <summary>Scheme, host and port.</summary>
    public string Origin { get; }

    /// <summary>What the Host header says unless the named credential has a Sign host.</summary>
    public string Host { get; }

    /// <summary>Empty, or a path without a trailing slash.</summary>
    public string BasePath { get; }

    /// <summary>Whether what is sent there is protected on its way: by TLS, or by never leaving the machine.</summary>
    public bool IsSafe { get; }
}
