using SigningProxy.Catalog;
using SigningProxy.Catalog.Validation;
using SigningProxy.SigV4;

namespace SigningProxy.Sessions;

/// <summary>Where CreateSession is called, and the region it is signed for.</summary>
/// <param name="Address">The whole address; what is signed is its path and authority.</param>
/// <param name="Region">The trust anchor's, whatever the address.</param>
internal sealed record RolesAnywhereEndpoint(Uri Address, string Region)
{
    /// <exception cref="InvalidOperationException">There is no trust anchor; access refuses such a call before it comes here.</exception>
    public static RolesAnywhereEndpoint Of(RolesAnywhereSettings settings)
    {
        var anchor = AwsRules.RolesAnywhereArn().Match(settings.TrustAnchorArn ?? "");
        if (!anchor.Success)
            throw new InvalidOperationException("Roles Anywhere is asked without a trust anchor.");
        var region = anchor.Groups["region"].Value;
        var endpoint = settings.Endpoint ?? new Uri($"https://rolesanywhere.{region}.{AwsEndpoints.SuffixOf(region)}");
        var path = CanonicalPath.ToSend($"{endpoint.AbsolutePath.TrimEnd('/')}/sessions", PathNormalization.On);
        return new RolesAnywhereEndpoint(
            new Uri(endpoint.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }),
            region);
    }
}
