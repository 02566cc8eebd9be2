using System.Net;
using Amazon.SecurityToken;
using SigningProxy.LocalAws;

namespace SigningProxy.Tests.LocalAws;

/// <summary>STS as the SDK's own client sees it.</summary>
public sealed class AssumeRoleTests
{
    [Theory]
    [InlineData("lambda")]
    [InlineData("dynamodb")]
    [InlineData("s3")]
    public async Task AssumeRole_WhenTrusted_GivesASessionThatDestinationsTake(string service)
    {
        await using var aws = await SessionStage.StartAsync();
        var session = await aws.AssumeRoleAsync(seconds: 900);

        Assert.Matches("^ASIA[A-Z2-7]{16}$", session.AccessKeyId);
        Assert.InRange(session.Expiration!.Value.ToUniversalTime() - aws.Time.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(900), TimeSpan.FromSeconds(901));
        var (status, _, text) = await aws.AskAsync(Ask(aws, SessionStage.Signing(session), service));
        Assert.True(status == 200, text);
    }

    [Fact]
    public async Task AssumeRole_EachTime_GivesOtherCredentials()
    {
        await using var aws = await SessionStage.StartAsync();
        var (one, two) = (await aws.AssumeRoleAsync(), await aws.AssumeRoleAsync());
        Assert.NotEqual(one.AccessKeyId, two.AccessKeyId);
        Assert.NotEqual(one.SecretAccessKey, two.SecretAccessKey);
        Assert.NotEqual(one.SessionToken, two.SessionToken);
    }

    [Fact]
    public async Task AssumeRole_WhenGranted_NamesTheAssumedRole()
    {
        await using var aws = await SessionStage.StartAsync();
        using var sts = aws.Sts(SessionStage.Key);
        var response = await sts.AssumeRoleAsync(new() { RoleArn = SessionStage.Role, RoleSessionName = "me+=,.@-_1" }, Cancellation);
        Assert.Equal("arn:aws:sts::111122223333:assumed-role/example/me+=,.@-_1", response.AssumedRoleUser.Arn);
        Assert.Equal(new LocalSession(response.Credentials.AccessKeyId, SessionStage.Role, "me+=,.@-_1", response.Credentials.Expiration!.Value.ToUniversalTime(), false),
            Assert.Single(aws.Server.Sessions));
    }

    [Fact]
    public async Task AssumeRole_WithTheRightExternalId_IsGranted()
    {
        await using var aws = await SessionStage.StartAsync();
        Assert.NotNull(await aws.AssumeRoleAsync(SessionStage.ExternalRole, "right-id"));
    }

    [Theory]
    [InlineData(SessionStage.ExternalRole, "wrong-id")]
    [InlineData(SessionStage.ExternalRole, null)]
    [InlineData("arn:aws:iam::111122223333:role/nobody", null)]
    [InlineData("arn:aws:iam::111122223333:role/others", null)]
    public async Task AssumeRole_WhenNotTrusted_IsDeniedInStssWords(string role, string? externalId)
    {
        await using var aws = await SessionStage.StartAsync(roles:
            [new(SessionStage.ExternalRole, "right-id"), new("arn:aws:iam::111122223333:role/others") { Trusts = ["AKIDOTHER"] }]);
        var refused = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(() => aws.AssumeRoleAsync(role, externalId));
        AssertRefused(aws, refused, HttpStatusCode.Forbidden, "AccessDenied");
        Assert.Equal($"User: arn:aws:iam::000000000000:user/AKIDTESTS is not authorized to perform: sts:AssumeRole on resource: {role}", refused.Message);
    }

    [Fact]
    public async Task AssumeRole_WithTheWrongSecret_IsRefused()
    {
        await using var aws = await SessionStage.StartAsync();
        var refused = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(() => aws.AssumeRoleAsync(key: SessionStage.Key with { Secret = "wrong" }));
        AssertRefused(aws, refused, HttpStatusCode.Forbidden, "SignatureDoesNotMatch");
    }

    [Fact]
    public async Task AssumeRole_WithAKeyNobodyKnows_IsRefused()
    {
        await using var aws = await SessionStage.StartAsync();
        var refused = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(() => aws.AssumeRoleAsync(key: new("AKIDNOBODY", "secret")));
        AssertRefused(aws, refused, HttpStatusCode.Forbidden, "InvalidClientTokenId");
    }

    [Theory]
    [InlineData(900, 899, "'899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900")]
    [InlineData(2, 1, "'1' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 2")]
    [InlineData(900, 43201, "'43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200")]
    public async Task AssumeRole_WithADurationOutOfBounds_IsRefused(double minimum, int seconds, string says)
    {
        await using var aws = await SessionStage.StartAsync(minimum);
        var refused = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(() => aws.AssumeRoleAsync(seconds: seconds));
        AssertRefused(aws, refused, HttpStatusCode.BadRequest, "ValidationError");
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(900)]
    [InlineData(43200)]
    public async Task AssumeRole_WithADurationAtABound_IsGranted(int seconds)
    {
        await using var aws = await SessionStage.StartAsync();
        var session = await aws.AssumeRoleAsync(seconds: seconds);
        Assert.InRange(session.Expiration!.Value.ToUniversalTime() - aws.Time.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 1));
    }

    [Fact]
    public async Task AssumeRole_WithASessionsKeys_ChainsForAnHourAtMost()
    {
        const string Next = "arn:aws:iam::444455556666:role/next";
        await using var aws = await SessionStage.StartAsync(roles: [new(SessionStage.Role), new(Next) { Trusts = [SessionStage.Role] }]);
        var first = await aws.SessionAsync();

        Assert.NotNull(await aws.AssumeRoleAsync(Next, seconds: 3600, key: first));
        var tooLong = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(() => aws.AssumeRoleAsync(Next, seconds: 3601, key: first));
        Assert.Equal("ValidationError", tooLong.ErrorCode);
        var stranger = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(() => aws.AssumeRoleAsync(Next));
        Assert.Equal("AccessDenied", stranger.ErrorCode);
        Assert.Equal(2, aws.Server.Sessions.Count);
    }

    [Fact]
    public async Task AssumeRole_WithAnExpiredSessionsKeys_IsRefused()
    {
        await using var aws = await SessionStage.StartAsync(minimumSeconds: 2);
        var session = await aws.SessionAsync(seconds: 2);
        aws.Time.Advance(TimeSpan.FromSeconds(3));
        var refused = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(() => aws.AssumeRoleAsync(key: session));
        Assert.Equal("ExpiredToken", refused.ErrorCode);
    }

    [Fact]
    public async Task GetCallerIdentity_TellsWhoSigned()
    {
        await using var aws = await SessionStage.StartAsync();
        var session = await aws.SessionAsync();
        using var user = aws.Sts(SessionStage.Key);
        using var role = aws.Sts(session);
        Assert.Equal("arn:aws:iam::000000000000:user/AKIDTESTS", (await user.GetCallerIdentityAsync(new(), Cancellation)).Arn);
        Assert.Equal("arn:aws:sts::111122223333:assumed-role/example/tests", (await role.GetCallerIdentityAsync(new(), Cancellation)).Arn);
        var (status, _, _) = await aws.AskAsync(new SdkSigner(aws.Server.Address, SessionStage.Key, "sts", aws.Time)
            .Request("GET", "", query: new Dictionary<string, string> { ["Action"] = "GetCallerIdentity", ["Version"] = "2011-06-15" }));
        Assert.Equal(200, status);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static HttpRequestMessage Ask(SessionStage aws, LocalKey key, string service) => service == "dynamodb"
        ? new SdkSigner(aws.Server.Address, key, service, aws.Time).Request(
            "POST", "", "{}"u8.ToArray(), new Dictionary<string, string> { ["X-Amz-Target"] = "DynamoDB_20120810.ListTables" })
        : aws.Signed(key, service);

    private static void AssertRefused(SessionStage aws, AmazonSecurityTokenServiceException refused, HttpStatusCode status, string code)
    {
        Assert.Equal((status, code), (refused.StatusCode, refused.ErrorCode));
        Assert.NotEmpty(refused.RequestId);
        Assert.Equal(new LocalCounts(AssumeRoleCalls: 1), aws.Server.Counts);
    }
}
