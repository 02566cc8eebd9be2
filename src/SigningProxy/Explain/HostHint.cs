using SigningProxy.Catalog.Validation;

namespace SigningProxy.Explain;

/// <summary>What a host name tells of service and region, for requests that come without.</summary>
/// <param name="Service">The signing name, or null.</param>
/// <param name="Region">Or null.</param>
/// <param name="Doubt">What may be otherwise, in a sentence, or null.</param>
internal sealed record HostHint(string? Service, string? Region, string? Doubt)
{
    /// <param name="authority">Host and port, as the Host header has it.</param>
    public static HostHint Of(string authority)
    {
        var name = authority.Split(':')[0];
        if (AwsHost.Parse(name) is not { } host)
            return new HostHint(null, null, null);
        var service = host.SigningNames.Count > 0 ? host.SigningNames[0] : host.Label;
        var region = host.Region ?? HomeOf(name);
        return new HostHint(service, region, DoubtOf(host, service, region));
    }

    /// <summary>Where a partition's global endpoints sign.</summary>
    private static string HomeOf(string host) => host switch
    {
        _ when host.EndsWith(".amazonaws.com.cn", StringComparison.OrdinalIgnoreCase) => "cn-north-1",
        _ when host.EndsWith(".us-gov.amazonaws.com", StringComparison.OrdinalIgnoreCase) => "us-gov-west-1",
        _ when host.EndsWith(".amazonaws.eu", StringComparison.OrdinalIgnoreCase) => "eusc-de-east-1",
        _ => "us-east-1",
    };

    private static string? DoubtOf(AwsHost host, string? service, string region)
    {
        if (host.IsOfAllRegions)
            return "A multi-region access point takes SigV4A only: --algorithm sigv4a --region-set '*'.";
        if (host.SigningNames.Count > 1)
            return $"That host may also sign as {string.Join(" or ", host.SigningNames.Skip(1))}.";
        if (host.SigningNames.Count == 0 && service is not null)
            return $"\"{service}\" is the host's own label; some services sign under another name.";
        return host.Region is null ? $"The host names no region; global endpoints sign for {region}." : null;
    }
}
