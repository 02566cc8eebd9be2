using SigningProxy.LocalAws;
using SigningProxy.LocalAws.Sessions;

namespace SigningProxy.Tests.LocalAws;

/// <summary>How destinations answer to sessions that are good no more.</summary>
public sealed class SessionLifeTests
{
    [Theory]
    [InlineData("dynamodb", 400, null, "\"__type\":\"com.amazon.coral.service#ExpiredTokenException\"")]
    [InlineData("s3", 400, null, "<Error><Code>ExpiredToken</Code>")]
    [InlineData("bedrock", 403, "ExpiredTokenException", "\"message\":\"The security token included in the request is expired.\"")]
    [InlineData("execute-api", 403, null, "{\"message\":\"The security token included in the request is expired.\"}")]
    [InlineData("es", 403, null, "{\"message\":\"The security token included in the request is expired.\"}")]
    [InlineData("sts", 403, null, "<Code>ExpiredToken</Code>")]
    public async Task Destination_WhenTheSessionExpires_SaysSoAsTheServiceDoes(string service, int status, string? errorType, string says)
    {
        await using var aws = await SessionStage.StartAsync(minimumSeconds: 2);
        var session = await aws.SessionAsync(seconds: 2);
        aws.Time.Advance(TimeSpan.FromSeconds(3));
        var answer = await aws.AskAsync(aws.Signed(session, service));
        Assert.Equal((status, errorType), (answer.Status, answer.ErrorType));
        Assert.Contains(says, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Destination_WhenTheSessionExpires_TakesItUntilThatInstant()
    {
        await using var aws = await SessionStage.StartAsync(minimumSeconds: 2);
        var session = await aws.SessionAsync(seconds: 2);
        var left = aws.Server.Sessions[0].Expiration - aws.Time.GetUtcNow();
        aws.Time.Advance(left - TimeSpan.FromTicks(1));
        Assert.Equal(200, (await aws.AskAsync(aws.Signed(session, "lambda"))).Status);
        aws.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(403, (await aws.AskAsync(aws.Signed(session, "lambda"))).Status);
    }

    [Fact]
    public async Task S3_WhenAHeadComesWithAnExpiredSession_AnswersABare400()
    {
        await using var aws = await SessionStage.StartAsync();
        var session = await aws.SessionAsync();
        aws.Server.RevokeSessions();
        var answer = await aws.AskAsync(aws.Signed(session, "s3", "HEAD", "bucket/key"));
        Assert.Equal((400, null, ""), answer);
    }

    [Theory]
    [InlineData(LocalRevocation.Expired, "lambda", 403, "ExpiredTokenException")]
    [InlineData(LocalRevocation.Expired, "s3", 400, "ExpiredToken")]
    [InlineData(LocalRevocation.Invalid, "lambda", 403, "UnrecognizedClientException")]
    [InlineData(LocalRevocation.Invalid, "dynamodb", 400, "com.amazon.coral.service#UnrecognizedClientException")]
    [InlineData(LocalRevocation.Invalid, "s3", 400, "InvalidToken")]
    public async Task RevokeSessions_AheadOfTheirExpiry_RefusesThemAndNoneThatComesAfter(LocalRevocation revocation, string service, int status, string code)
    {
        await using var aws = await SessionStage.StartAsync();
        var revoked = await aws.SessionAsync();
        Assert.Equal(1, aws.Server.RevokeSessions(revocation));

        var answer = await aws.AskAsync(aws.Signed(revoked, service));
        Assert.Equal(status, answer.Status);
        Assert.Contains(code, answer.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await aws.AskAsync(aws.Signed(await aws.SessionAsync(), "lambda"))).Status);
        Assert.Equal([true, false], aws.Server.Sessions.Select(session => session.Revoked));
        Assert.Equal(new LocalCounts(AssumeRoleCalls: 2, SessionsIssued: 2, DestinationRequests: 2, DestinationRefusals: 1), aws.Server.Counts);
    }

    [Fact]
    public async Task RevokeSession_WhenOneIsNamed_LeavesTheOthers()
    {
        await using var aws = await SessionStage.StartAsync();
        var (one, two) = (await aws.SessionAsync(), await aws.SessionAsync());
        Assert.True(aws.Server.RevokeSession(one.AccessKeyId));
        Assert.False(aws.Server.RevokeSession("ASIANOBODY"));
        Assert.Equal(403, (await aws.AskAsync(aws.Signed(one, "lambda"))).Status);
        Assert.Equal(200, (await aws.AskAsync(aws.Signed(two, "lambda"))).Status);
    }

    [Fact]
    public async Task Destination_WhenTheTokenIsLeftOut_RefusesTheSession()
    {
        await using var aws = await SessionStage.StartAsync();
        var session = await aws.SessionAsync();
        Assert.Equal(403, (await aws.AskAsync(aws.Signed(session with { SessionToken = null }, "lambda"))).Status);
    }

    [Fact]
    public void Store_WhenFull_ForgetsTheOldest()
    {
        var store = new SessionStore(TimeProvider.System, new());
        var first = store.Issue("arn:aws:iam::111122223333:role/a", "one", TimeSpan.FromHours(1));
        var second = store.Issue("arn:aws:iam::111122223333:role/a", "two", TimeSpan.FromHours(1));
        for (var i = 2; i <= SessionStore.Capacity; i++)
        {
            store.Issue("arn:aws:iam::111122223333:role/a", "more", TimeSpan.FromHours(1));
        }

        Assert.Null(store.Find(first.Key.AccessKeyId));
        Assert.NotNull(store.Find(second.Key.AccessKeyId));
        Assert.Equal(SessionStore.Capacity, store.Shown.Count);
    }

    [Fact]
    public async Task Sessions_WhenShown_TellNoSecret()
    {
        await using var aws = await SessionStage.StartAsync();
        var session = await aws.SessionAsync();
        var (_, text) = await aws.LocalAsync("GET", "sessions");
        Assert.Contains(session.AccessKeyId, text, StringComparison.Ordinal);
        Assert.DoesNotContain(session.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(session.SessionToken![..16], text, StringComparison.Ordinal);
    }
}
