using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using SigningProxy.LocalAws;
using static SigningProxy.Tests.LocalAws.RolesAnywhereStage;

namespace SigningProxy.Tests.LocalAws;

public sealed class RolesAnywhereTests : IDisposable
{
    private readonly MadeUpAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("RSA-2048", true)]
    [InlineData("P-256", true)]
    [InlineData("P-384", true)]
    [InlineData("RSA-2048", false)]
    [InlineData("P-256", false)]
    [InlineData("P-384", false)]
    public async Task CreateSession_WhenTheCertificateIsTrusted_GivesASessionThatDestinationsTake(string kind, bool intermediate)
    {
        await using var aws = await RolesAnywhereStage.StartAsync(_authority.Root);
        using var leaf = _authority.Leaf(kind, intermediate ? null : _authority.Root);
        var (status, _, text) = await aws.AskAsync(Request(aws, leaf, intermediate ? [_authority.Intermediate] : []).Signed());

        Assert.True(status == 201, text);
        using var json = JsonDocument.Parse(text);
        var set = json.RootElement.GetProperty("credentialSet")[0];
        var session = set.GetProperty("credentials");
        Assert.Equal("2026-02-28T13:00:00Z", session.GetProperty("expiration").GetString());
        Assert.StartsWith("arn:aws:sts::111122223333:assumed-role/example/", set.GetProperty("assumedRoleUser").GetProperty("arn").GetString(), StringComparison.Ordinal);
        Assert.Equal(SessionStage.Role, set.GetProperty("roleArn").GetString());
        var key = new LocalKey(
            session.GetProperty("accessKeyId").GetString()!, session.GetProperty("secretAccessKey").GetString()!, session.GetProperty("sessionToken").GetString());
        Assert.Equal(200, (await aws.AskAsync(aws.Signed(key, "lambda"))).Status);
        Assert.Equal(new LocalCounts(RolesAnywhereCalls: 1, SessionsIssued: 1, DestinationRequests: 1), aws.Server.Counts);
    }

    [Theory]
    [InlineData("RSA-2048")]
    [InlineData("EC-P256")]
    [InlineData("EC-P384")]
    public async Task CreateSession_WithAPublishedVector_IsVerified(string kind)
    {
        using var file = typeof(RolesAnywhereTests).Assembly.GetManifestResourceStream("rolesanywhere.json")!;
        using var vectors = JsonDocument.Parse(file);
        var vector = vectors.RootElement.EnumerateArray().Single(candidate => candidate.GetProperty("kind").GetString() == kind);
        string Text(string name) => vector.GetProperty(name).GetString()!;
        using var intermediate = X509Certificate2.CreateFromPem(Text("chainPem"));
        using var leaf = X509Certificate2.CreateFromPem(Text("leafPem"));
        using var body = JsonDocument.Parse(Text("body"));
        string Member(string name) => body.RootElement.GetProperty(name).GetString()!;
        await using var aws = await SessionStage.StartAsync(
            roles: [new(Member("roleArn"))],
            anchors: [new(Member("trustAnchorArn"), intermediate)],
            profiles: [new(Member("profileArn"))],
            now: DateTimeOffset.ParseExact(Text("amzDate"), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

        var (status, _, text) = await aws.AskAsync(SessionRequest.Message(
            aws.Server.Address,
            new Dictionary<string, string>
            {
                ["host"] = Text("host"),
                ["content-type"] = "application/json",
                ["x-amz-date"] = Text("amzDate"),
                ["x-amz-x509"] = Convert.ToBase64String(leaf.RawData),
                ["x-amz-x509-chain"] = Convert.ToBase64String(intermediate.RawData),
                ["authorization"] = Text("authorization"),
            },
            Text("body")));
        Assert.True(status == 201, text);
        Assert.Equal(Text("serialDecimal"), Assert.Single(aws.Server.Requests).AccessKeyId);
    }

    [Theory]
    [InlineData(Anchor, Profile, "arn:aws:iam::111122223333:role/nobody", "", "AccessDeniedException", "Unable to assume role")]
    [InlineData(Anchor, Profile, SessionStage.ExternalRole, "", "AccessDeniedException", "Unable to assume role")]
    [InlineData(Anchor, "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/none", SessionStage.Role, "", "AccessDeniedException", "is not known")]
    [InlineData(Anchor, FarProfile, SessionStage.Role, "", "AccessDeniedException", "region")]
    [InlineData("arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/none", Profile, SessionStage.Role, "", "AccessDeniedException", Untrusted)]
    [InlineData(Anchor, Profile, SessionStage.Role, ",\"roleSessionName\":\"me\"", "AccessDeniedException", "role session name")]
    [InlineData(Anchor, NamingProfile, SessionStage.Role, ",\"roleSessionName\":\"m\"", "ValidationException", "'roleSessionName'")]
    [InlineData(Anchor, Profile, SessionStage.Role, ",\"durationSeconds\":899", "ValidationException", "equal to 900")]
    [InlineData(Anchor, Profile, SessionStage.Role, ",\"durationSeconds\":43201", "ValidationException", "equal to 43200")]
    [InlineData(Anchor, Profile, SessionStage.Role, ",\"durationSeconds\":\"long\"", "ValidationException", "right types")]
    public async Task CreateSession_WhenWhatItAsksForIsNotToBeHad_IsRefused(string anchor, string profile, string role, string more, string code, string says)
    {
        await using var aws = await RolesAnywhereStage.StartAsync(_authority.Root);
        using var leaf = _authority.Leaf();
        var request = Request(aws, leaf, _authority.Intermediate) with { Body = Body(anchor, profile, role, more) };
        await AssertRefusedAsync(aws, request.Signed(), code, says);
    }

    [Fact]
    public async Task CreateSession_WhenTheProfileAllows_IsNamedAndLastsAsAsked()
    {
        await using var aws = await RolesAnywhereStage.StartAsync(_authority.Root);
        using var leaf = _authority.Leaf();
        var body = Body(Anchor, NamingProfile, SessionStage.Role, ",\"roleSessionName\":\"me\",\"durationSeconds\":900");
        var (status, _, _) = await aws.AskAsync((Request(aws, leaf, _authority.Intermediate) with { Body = body }).Signed());
        Assert.Equal(201, status);
        var session = Assert.Single(aws.Server.Sessions);
        Assert.Equal(("me", MadeUpAuthority.Now.AddSeconds(900)), (session.RoleSessionName, session.Expiration));
    }
}
