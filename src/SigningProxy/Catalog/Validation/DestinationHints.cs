using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Warns where a destination's host and its external credential tell different things.</summary>
internal static class DestinationHints
{
    public static void Judge(NamedCredentialDeclaration named, ExternalCredentialDeclaration? credential, FaultList faults)
    {
        if (UrlRules.Parse(named.Url, allowPlainHttp: true) is not { } url || AwsHost.Parse(url.Host) is not { } host)
            return;
        var at = named.Origin;
        if (host.IsSts)
            faults.Warn(at, "url", "the destination is STS, whose answers hold keys", "Grant it only to callers who may have them.");
        if (credential is null || named.GenerateAuthorizationHeader == false)
            return;
        if (host.SigningNames.Count > 0 && credential.Service is { } service && !host.SigningNames.Contains(service))
        {
            faults.Warn(at, "url", $"{url.Host} signs as {host.SigningNames[0]}, and external credential {credential.Name} has service {service}",
                $"Write service: {host.SigningNames[0]}, or correct the URL.");
        }
        if (credential.Region is not { } region)
            return;
        var isAcross = Choices.AuthenticationProtocol.Of(credential.AuthenticationProtocol) == AuthenticationProtocol.AwsSignatureV4a;
        if (host.IsOfAllRegions && !isAcross)
        {
            faults.Warn(at, "url", $"{url.Host} is a multi-region access point, and external credential {credential.Name} signs for one region",
                "Write authenticationProtocol: AwsSignatureV4a and region: \"*\".");
        }
        if (host.Region is not null && !(isAcross ? RegionSet.Covers(region, host.Region) : region == host.Region))
        {
            faults.Warn(at, "url", $"{url.Host} is in region {host.Region}, and external credential {credential.Name} has region {region}",
                $"Write region: {host.Region}, or correct the URL.");
        }
    }
}
