using System.Globalization;
using Amazon.SecurityToken;
using SigningProxy.LocalAws;

namespace SigningProxy.Tests.LocalAws;

public sealed class MisbehaviourTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, int, string?, string> Faults => new()
    {
        { "unauthorized", "lambda", 401, null, "{\"message\":\"Unauthorized\"}" },
        { "expired", "lambda", 403, "ExpiredTokenException", "\"__type\":\"ExpiredTokenException\"" },
        { "400", "s3", 400, null, "<Error><Code>ExpiredToken</Code>" },
        { "400", "lambda", 400, "ExpiredToken", "\"__type\":\"ExpiredToken\"" },
        { "bare", "lambda", 403, null, "" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fail_ForAsManyRequestsAsAsked_AnswersThemAndServesTheNext(string named, string service, int status, string? errorType, string says)
    {
        await using var aws = await SessionStage.StartAsync();
        var fault = named switch
        {
            "unauthorized" => LocalFault.Unauthorized,
            "expired" => LocalFault.ExpiredForbidden,
            "400" => LocalFault.ExpiredToken,
            _ => new(403),
        };
        aws.Server.Fail(LocalTarget.Destinations, fault, times: 2);
        for (var i = 0; i < 2; i++)
        {
            var answer = await aws.AskAsync(aws.Signed(SessionStage.Key, service));
            Assert.Equal((status, errorType), (answer.Status, answer.ErrorType));
            Assert.Contains(says, answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(200, (await aws.AskAsync(aws.Signed(SessionStage.Key, service))).Status);
        Assert.Equal([(true, fault.Code, (int?)status), (true, fault.Code, status), (true, null, 200)],
            aws.Server.Requests.Select(seen => (seen.Verified, seen.Code, seen.Status)));
        Assert.Equal(new LocalCounts(DestinationRequests: 3, DestinationRefusals: 2), aws.Server.Counts);
    }

    [Fact]
    public async Task Fail_ForEver_LastsUntilReset()
    {
        await using var aws = await SessionStage.StartAsync();
        aws.Server.Fail(LocalTarget.Destinations, LocalFault.Unauthorized);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(401, (await aws.AskAsync(aws.Signed(SessionStage.Key, "s3", "PUT", "bucket/key", "x"u8.ToArray()))).Status);
        }

        aws.Server.Reset();
        Assert.Equal(404, (await aws.AskAsync(aws.Signed(SessionStage.Key, "s3", "GET", "bucket/key"))).Status);
    }

    [Theory]
    [InlineData(500, "InternalFailure")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(400, "Throttling")]
    public async Task Fail_WhenStsIsMeant_LeavesDestinationsAlone(int status, string code)
    {
        await using var aws = await SessionStage.StartAsync();
        aws.Server.Fail(LocalTarget.Sts, new(status, code, "as asked"), times: 1);
        var failed = await Assert.ThrowsAnyAsync<AmazonSecurityTokenServiceException>(() => aws.AssumeRoleAsync());
        Assert.Equal((status, code, "as asked"), ((int)failed.StatusCode, failed.ErrorCode, failed.Message));
        Assert.Equal(200, (await aws.AskAsync(aws.Signed(SessionStage.Key, "lambda"))).Status);
        Assert.Empty(aws.Server.Sessions);
        Assert.NotNull(await aws.AssumeRoleAsync());
        Assert.Equal(2, aws.Server.Counts.AssumeRoleCalls);
    }

    [Fact]
    public async Task Fail_WhenRolesAnywhereIsMeant_AnswersInJson()
    {
        await using var aws = await SessionStage.StartAsync();
        aws.Server.Fail(LocalTarget.RolesAnywhere, new(503, "ServiceUnavailableException", "as asked"));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(aws.Server.Address, "sessions"));
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-X509-RSA-SHA256 Credential=1/20260101/eu-west-1/rolesanywhere/aws4_request");
        var answer = await aws.AskAsync(request);
        Assert.Equal((503, "ServiceUnavailableException"), (answer.Status, answer.ErrorType));
    }

    [Fact(Timeout = 30_000)]
    public async Task Delay_HoldsTheAnswerBackOnTheClockAndCountsTheCallAtOnce()
    {
        await using var aws = await SessionStage.StartAsync();
        aws.Server.Delay(LocalTarget.Sts, TimeSpan.FromMinutes(1));
        var call = aws.AssumeRoleAsync();
        while (aws.Server.Sessions.Count == 0)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, aws.Server.Counts.AssumeRoleCalls);
        Assert.Equal(200, (await aws.AskAsync(aws.Signed(SessionStage.Key, "lambda"))).Status);
        Assert.False(call.IsCompleted);
        while (!call.IsCompleted)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            aws.Time.Advance(TimeSpan.FromSeconds(30));
            await Task.WhenAny(call, Task.Delay(1, TestContext.Current.CancellationToken));
        }

        Assert.NotNull(await call);
    }

    [Theory]
    [InlineData("s3", 3600, "<Code>RequestTimeTooSkewed</Code>")]
    [InlineData("s3", -3600, "<Code>RequestTimeTooSkewed</Code>")]
    [InlineData("lambda", 3600, "Signature expired: ")]
    [InlineData("lambda", -3600, "Signature not yet current: ")]
    [InlineData("sts", 3600, "Signature expired: ")]
    public async Task SkewClock_ByMoreThanTheWindow_RefusesAndTellsItsOwnDate(string service, int seconds, string says)
    {
        await using var aws = await SessionStage.StartAsync();
        aws.Server.SkewClock(TimeSpan.FromSeconds(seconds));
        using var response = await aws.SendAsync(aws.Signed(SessionStage.Key, service));
        Assert.Equal(403, (int)response.StatusCode);
        Assert.Contains(says, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        var date = aws.Time.GetUtcNow().AddSeconds(seconds);
        Assert.Equal(date.ToString("R", CultureInfo.InvariantCulture), Assert.Single(response.Headers.GetValues("Date")));

        aws.Server.Reset();
        Assert.Equal(200, (await aws.AskAsync(aws.Signed(SessionStage.Key, "lambda"))).Status);
    }

    [Fact]
    public async Task Switches_ByHttp_DoWhatTheMethodsDo()
    {
        await using var aws = await SessionStage.StartAsync();
        var session = await aws.SessionAsync();
        Assert.Equal((204, ""), await aws.LocalAsync("POST", "fail?target=destinations&status=403&code=Odd%20Code&message=as+asked&times=1"));
        var failed = await aws.AskAsync(aws.Signed(session, "lambda"));
        Assert.Equal((403, "Odd Code"), (failed.Status, failed.ErrorType));
        Assert.Contains("as asked", failed.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await aws.AskAsync(aws.Signed(session, "lambda"))).Status);

        Assert.Equal((204, ""), await aws.LocalAsync("POST", "skew?seconds=-3600.5"));
        Assert.Equal(403, (await aws.AskAsync(aws.Signed(session, "lambda"))).Status);
        Assert.Equal((204, ""), await aws.LocalAsync("POST", "reset"));

        Assert.Equal((404, "No session has this key.\n"), await aws.LocalAsync("POST", "revoke?key=ASIANOBODY"));
        Assert.Equal((200, "revoked 1\n"), await aws.LocalAsync("POST", $"revoke?key={session.AccessKeyId}&as=invalid"));
        Assert.Equal("UnrecognizedClientException", (await aws.AskAsync(aws.Signed(session, "lambda"))).ErrorType);
        Assert.Equal((200, "revoked 1\n"), await aws.LocalAsync("POST", "revoke"));

        Assert.Equal((204, ""), await aws.LocalAsync("POST", "delay?target=destinations&seconds=0"));
        var (_, counts) = await aws.LocalAsync("GET", "counts");
        Assert.Contains("\"assumeRoleCalls\": 1", counts, StringComparison.Ordinal);
        Assert.Contains("\"destinationRequests\": 4", counts, StringComparison.Ordinal);
        Assert.Contains("\"destinationRefusals\": 3", counts, StringComparison.Ordinal);
        Assert.Contains("POST   /_local/revoke", (await aws.LocalAsync("GET", "")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fail?status=401", "target")]
    [InlineData("fail?target=everything&status=401", "target")]
    [InlineData("fail?target=sts", "400..599")]
    [InlineData("fail?target=sts&status=200", "400..599")]
    [InlineData("fail?target=sts&status=401&times=-1", "times must be a whole number")]
    [InlineData("delay?target=sts&seconds=-1", "delay")]
    [InlineData("delay?target=sts&seconds=NaN", "seconds")]
    [InlineData("skew?seconds=soon", "seconds")]
    [InlineData("revoke?as=lost", "as must be")]
    public async Task Switches_WhenTheyCannotBeRead_SayWhy(string target, string says)
    {
        await using var aws = await SessionStage.StartAsync();
        var (status, text) = await aws.LocalAsync("POST", target);
        Assert.Equal(400, status);
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.Equal(200, (await aws.AskAsync(aws.Signed(SessionStage.Key, "lambda"))).Status);
    }

    [Fact]
    public async Task Counts_UnderConcurrentCalls_LoseNone()
    {
        await using var aws = await SessionStage.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => aws.AskAsync(aws.Signed(SessionStage.Key, "lambda"))));
        aws.Server.ClearRequests();
        aws.Server.Reset();
        Assert.Equal(150, aws.Server.Counts.DestinationRequests);
    }
}
