namespace SigningProxy.Exchange;

/// <summary>What an external credential's parameters set by name.</summary>
internal enum Setting
{
    Service,
    Region,
    AccountId,
    ExternalId,
    Duration,
    TrustAnchorArn,
    ProfileArn,
}

/// <summary>How the original spells them. The first spelling is the one that is written.</summary>
internal static class Spellings
{
    private static readonly (string Spelling, Setting Setting)[] Known =
    [
        ("AwsService", Setting.Service),
        ("AwsRegion", Setting.Region),
        ("AwsAccountId", Setting.AccountId),
        // Its guide for metadata has these two, its Connect API those with Sts; files have been seen with either, of either type.
        ("AwsExternalId", Setting.ExternalId),
        ("AwsStsExternalId", Setting.ExternalId),
        ("AwsDuration", Setting.Duration),
        ("AwsStsDuration", Setting.Duration),
        ("AwsTrustAnchorArn", Setting.TrustAnchorArn),
        ("AwsProfileArn", Setting.ProfileArn),
    ];

    public static Setting? Of(string? spelling) => Known.Where(k => k.Spelling == spelling).Select(k => (Setting?)k.Setting).FirstOrDefault();

    public static string Of(Setting setting) => Known.First(k => k.Setting == setting).Spelling;
}
