namespace SigningProxy.Callouts;

/// <summary>Whom the edge listens to. Section <c>SigningProxy:Callouts</c>.</summary>
internal sealed class CalloutsOptions
{
    public const string Section = "SigningProxy:Callouts";

    /// <summary>Host names, without a port, that requests may be sent to beside the loopback names and <c>*.localhost</c>.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Origins, such as <c>http://localhost:3000</c>, of browser pages that may call. None by default.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    public IEnumerable<string> Faults()
    {
        foreach (var host in AllowedHosts)
        {
            if (Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown || host is "0.0.0.0" or "[::]")
                yield return $"{Section}:AllowedHosts: \"{host}\" is not a host name. Write it without scheme and port, such as \"proxy.internal\".";
        }
        foreach (var origin in AllowedOrigins)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin)
                yield return $"{Section}:AllowedOrigins: \"{origin}\" is not an origin. Write scheme, host and port alone, such as \"http://localhost:3000\".";
        }
    }
}
