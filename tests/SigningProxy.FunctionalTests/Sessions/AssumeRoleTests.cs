using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

public class AssumeRoleTests
{
    private const string Refusal = "is not authorized to perform: sts:AssumeRole on resource:";

    [Theory]
    [InlineData("dynamodb", "POST", "/One/", "DynamoDB_20120810.ListTables")]
    [InlineData("s3", "PUT", "/One/bucket/object", null)]
    [InlineData("lambda", "GET", "/One/x?a=b", null)]
    [InlineData("execute-api", "POST", "/One/x", null)]
    public async Task Call_IsSignedWithASessionOfTheRole(string service, string method, string target, string? operation)
    {
        await using var stage = await SessionStage.StartAsync(aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws), service));
        using var request = new HttpRequestMessage(new HttpMethod(method), target);
        if (method != "GET")
            request.Content = new StringContent("{}") { Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0") } };
        if (operation is not null)
            request.Headers.Add("X-Amz-Target", operation);

        var answer = await stage.SendAsync(request);

        answer.AssertPlain();
        var session = Assert.Single(stage.Aws.Sessions);
        Assert.Equal((session.AccessKeyId, SessionCatalog.Role, "SigningProxy-One"), (answer.VerifiedKey, session.RoleArn, session.RoleSessionName));
        Assert.InRange(session.Expiration - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        Assert.Equal(new LocalCounts(AssumeRoleCalls: 1, SessionsIssued: 1, DestinationRequests: 1), stage.Aws.Counts);
    }

    [Fact]
    public async Task Calls_OfOneSession_AskForItOnce()
    {
        await using var stage = await SessionStage.StartAsync(aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws, ", durationSeconds: 900")));

        for (var i = 0; i < 5; i++)
            (await stage.GetAsync("/One/x")).AssertPlain();

        Assert.Equal(new LocalCounts(AssumeRoleCalls: 1, SessionsIssued: 1, DestinationRequests: 5), stage.Aws.Counts);
    }

    [Fact]
    public async Task Start_WhenEager_ObtainsSessionsBeforeAnyCall()
    {
        await using var stage = await SessionStage.StartAsync(
            aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws)).With("Two", aws, SessionCatalog.AssumeRole(aws)), "Startup=Eager");

        await Wait.UntilAsync(() => stage.Aws.Sessions.Count == 2, "both sessions are there");

        // Of the same role, and yet never shared.
        var keys = new[] { (await stage.GetAsync("/One/x")).VerifiedKey, (await stage.GetAsync("/Two/x")).VerifiedKey };
        Assert.Equal(2, keys.Distinct().Count());
        Assert.Equal(2, stage.Aws.Counts.AssumeRoleCalls);
    }

    [Fact]
    public async Task ExternalId_WhenRight_IsTaken()
    {
        await using var stage = await SessionStage.StartAsync(
            SessionStage.Believing([new(SessionCatalog.Role, "salesforceIntegration-1")]),
            aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws, ", externalId: salesforceIntegration-1")),
            new Launch());

        (await stage.GetAsync("/One/x")).AssertPlain();
    }

    [Theory]
    [InlineData(", externalId: another", SessionCatalog.Role, null, $"403 AccessDenied: User: arn:aws:iam::000000000000:user/AKIASKSFORSESSIONS01 {Refusal} {SessionCatalog.Role}")]
    [InlineData("", SessionCatalog.Role, null, Refusal)]
    [InlineData(", externalId: right", "arn:aws:iam::111122223333:role/nobody", null, $"{Refusal} arn:aws:iam::111122223333:role/nobody")]
    [InlineData(", externalId: right", SessionCatalog.Role, "another-secret-than-the-right-one", "403 SignatureDoesNotMatch")]
    public async Task Call_WhenStsRefuses_IsRefusedAndTheLogAloneSaysWhy(string fields, string role, string? secret, string told)
    {
        await using var stage = await SessionStage.StartAsync(
            SessionStage.Believing([new(SessionCatalog.Role, "right")]),
            aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws, fields, secret), principal: $"roleArn: '{role}'"),
            new Launch(),
            SessionStage.CallsAlone);

        var answer = await stage.GetAsync("/One/x");

        answer.AssertNoSession("AccessDenied", "SignatureDoesNotMatch", "not authorized", role, SessionCatalog.Asker.AccessKeyId, stage.Aws.Address.Authority);
        await Wait.UntilAsync(() => stage.Proxy.Log.Contains(told, StringComparison.Ordinal), "the log says why");
        // A refusal is an answer: it is not asked for again at once.
        Assert.Equal(new LocalCounts(AssumeRoleCalls: 1), stage.Aws.Counts);
    }

    [Theory]
    [InlineData("text/xml", "", " is not STS.")]
    [InlineData("text/xml", "<AssumeRoleResponse><AssumeRoleResult><Credentials>", " is not STS.")]
    [InlineData("text/xml", "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAHALF</AccessKeyId></Credentials></AssumeRoleResult></AssumeRoleResponse>", "STS answered without whole credentials.")]
    [InlineData("text/html", "<html><p>Log in to this network</html>", " is not STS.")]
    public async Task Call_WhenTheAnswerOfStsCannotBeRead_IsRefusedAndTheLogSaysSo(string contentType, string body, string told)
    {
        await using var sts = await AnsweringServer.StartAsync(context =>
        {
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync(body);
        });
        await using var stage = await SessionStage.StartAsync(aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(sts.Address)));

        (await stage.GetAsync("/One/x")).AssertNoSession(sts.Address.Authority, "ASIAHALF");

        await Wait.UntilAsync(() => stage.Proxy.Count("Obtained no session for One-One (reason First): ") > 0, "the log says so");
        Assert.Contains(told, stage.Proxy.Log, StringComparison.Ordinal);
        Assert.Equal(0, stage.Aws.Counts.DestinationRequests);
    }

    [Fact]
    public async Task Sts_WhoseClockIsFarOff_GivesASessionWithinOneStep()
    {
        await using var stage = await SessionStage.StartAsync(aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws)), "BackoffStep=00:00:00.2");
        stage.Aws.SkewClock(TimeSpan.FromMinutes(20));

        (await stage.GetAsync("/One/x")).AssertNoSession();

        await Wait.UntilAsync(async () => (await stage.GetAsync("/One/x")).Status == 200, "the next attempt is dated as STS has it");
        Assert.Equal(2, stage.Aws.Counts.AssumeRoleCalls);
    }

    [Fact]
    public async Task Call_WithoutASession_IsRefusedBeforeItsBodyIsRead()
    {
        await using var stage = await SessionStage.StartAsync(aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws)));
        stage.Aws.Fail(LocalTarget.Sts, new LocalFault(403, "AccessDenied", "no"));

        var answer = await RawClient.SendAsync(stage.Proxy.Address, "POST /One/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\nConnection: close\r\n\r\n");

        Assert.Equal(503, answer.Status);
        Assert.Equal(0, stage.Aws.Counts.DestinationRequests);
    }
}
