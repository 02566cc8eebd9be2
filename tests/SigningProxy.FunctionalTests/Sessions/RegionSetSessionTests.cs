using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Sessions;

/// <summary>Sessions that sign for a set of regions: they are asked for in one, and sign and heal as any other.</summary>
public sealed class RegionSetSessionTests : IDisposable
{
    private readonly WorkloadFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("AssumeRole")]
    [InlineData("Chained")]
    [InlineData("RolesAnywhere")]
    public async Task Session_OfEveryVariant_SignsForTheSet_AndIsReplayedWhenRevoked(string variant)
    {
        using var leaf = _files.Authority.Leaf();
        var certificate = _files.Write(leaf, "PEM", withChain: true);
        await using var stage = await SessionStage.StartAsync(
            _files.Believing, aws => Catalog(variant, aws, certificate), new Launch(), SessionStage.CallsAlone);

        var first = await stage.GetAsync("/One/x");
        stage.Aws.RevokeSessions();
        var second = await stage.GetAsync("/One/y");

        first.AssertPlain();
        second.AssertReplayed();
        Assert.NotEqual(first.VerifiedKey, second.VerifiedKey);
        Assert.All([first, second], a => Assert.Contains("X-Amz-Region-Set: eu-west-1,eu-central-1", a.Text, StringComparison.OrdinalIgnoreCase));
        Assert.All([first, second], a => Assert.Contains("AWS4-ECDSA-P256-SHA256", a.Text, StringComparison.Ordinal));
    }

    private static SessionCatalog Catalog(string variant, Uri aws, string certificate)
    {
        const string set = SessionCatalog.SeveralRegions;
        return variant switch
        {
            "AssumeRole" => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws, ", region: eu-west-1"), signing: set),
            "Chained" => new SessionCatalog()
                .With("Own", aws, "variant: AccessKey", principal: $"accessKey: {{value: {SessionCatalog.Asker.AccessKeyId}}}, accessSecret: {{value: {SessionCatalog.Asker.Secret}}}", signing: set)
                .With("One", aws, SessionCatalog.AssumeRoleBy("Principal", aws, ", principal: Own-One, region: eu-west-1"), signing: set),
            _ => new SessionCatalog().With("One", aws, WorkloadFolder.External(aws, certificate), signing: set),
        };
    }
}
