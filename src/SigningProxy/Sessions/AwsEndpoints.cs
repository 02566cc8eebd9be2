using SigningProxy.Catalog;

namespace SigningProxy.Sessions;

/// <summary>Where AWS serves STS in a region.</summary>
/// <remarks>Source: "AWS STS Regions and endpoints" of the IAM user guide; partitions by the prefix of their regions.</remarks>
internal static class AwsEndpoints
{
    /// <param name="region">A region, such as <c>eu-west-1</c>.</param>
    /// <param name="fips">Whether the endpoint validated for FIPS is meant.</param>
    public static Uri Sts(string region, bool fips)
    {
        // GovCloud's own endpoints are validated for FIPS, and have no other name.
        var service = fips && !region.StartsWith("us-gov-", StringComparison.Ordinal) ? "sts-fips" : "sts";
        return new Uri($"https://{service}.{region}.{SuffixOf(region)}");
    }

    /// <summary>The region that STS is called in: its own setting, or the destination's. A catalog with a set of several there has it set.</summary>
    public static string StsRegion(ExternalCredential externalCredential) => externalCredential.Sts!.Region ?? externalCredential.Region;

    public static string SuffixOf(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "amazonaws.com.cn",
        _ when region.StartsWith("eusc-", StringComparison.Ordinal) => "amazonaws.eu",
        _ => "amazonaws.com",
    };
}
