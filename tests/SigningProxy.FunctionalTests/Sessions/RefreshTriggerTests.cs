using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

public class RefreshTriggerTests
{
    private const string Listed = ", additionalStatusCodesForTokenRefresh: [403, 418, 419]";

    private static readonly string[] Codes = ["ExpiredToken", "ExpiredTokenException", "InvalidToken", "UnrecognizedClientException", "InvalidClientTokenId"];

    [Theory]
    [InlineData(401, "", "On")]
    [InlineData(401, "", "Off")]
    [InlineData(419, Listed, "On")]
    [InlineData(419, Listed, "Off")]
    [InlineData(403, Listed, "On")]
    [InlineData(403, Listed, "Off")]
    public async Task Status_ThatAsksForIt_IsHealed_WhetherOrNotAnswersAreInspected(int status, string listed, string inspection)
    {
        await using var stage = await StartAsync("lambda", listed, $"AnswerInspection={inspection}");
        (await stage.GetAsync("/One/x")).AssertPlain();
        stage.Aws.Fail(LocalTarget.Destinations, new LocalFault(status), times: 1);

        var answer = await stage.GetAsync("/One/x");

        answer.AssertReplayed();
        Assert.Equal(stage.Aws.Sessions[1].AccessKeyId, answer.VerifiedKey);
        Assert.Equal(new LocalCounts(AssumeRoleCalls: 2, SessionsIssued: 2, DestinationRequests: 3, DestinationRefusals: 1), stage.Aws.Counts);
        await Wait.UntilAsync(() => stage.Proxy.Count($"One refused the session of a request by {status} ") == 1, "the log tells of it");
    }

    [Theory]
    [InlineData(400, "CODE", "")]
    [InlineData(403, "CODE:http://internal.amazon.com/coral/com.amazon.coral.service/", "{}")]
    [InlineData(400, null, """{"__type":"com.amazon.coral.service#CODE","message":"of no use"}""")]
    [InlineData(403, null, """{"message":"of no use","code":"CODE"}""")]
    [InlineData(400, null, "<?xml version=\"1.0\"?>\n<Error><Code>CODE</Code><Message>of no use</Message></Error>")]
    [InlineData(403, null, "<ErrorResponse><Error><Type>Sender</Type><Code>CODE</Code></Error></ErrorResponse>")]
    public async Task Code_ThatMeansTheToken_IsHealed(int status, string? header, string body)
    {
        await using var aws = await LocalAwsServer.StartAsync(SessionStage.Believing(), TestContext.Current.CancellationToken);
        await using var destination = await StartRefusingFirstAsync(status, header, body);
        // One for each, so that each code meets a session of its own.
        var catalog = Codes.Aggregate(new SessionCatalog(), (c, code) => c.With(code, new Uri(destination.Address, $"/{code}"), SessionCatalog.AssumeRole(aws.Address)));
        await using var proxy = await ProxyProcess.StartAsync(catalog.ToString(), "--set", "SigningProxy:Sessions:Startup=Lazy");

        foreach (var code in Codes)
        {
            var answer = await RawClient.GetAsync(proxy.Address, $"/{code}/x");

            Assert.Equal(200, answer.Status);
            Assert.Contains("healed", answer.Body, StringComparison.Ordinal);
            Assert.Contains("X-SigningProxy-Replay: replayed", answer.Head, StringComparison.Ordinal);
        }
        Assert.Equal(2 * Codes.Length, destination.Came.Count);
        Assert.Equal(2 * Codes.Length, aws.Counts.AssumeRoleCalls);
    }

    // What the stand-in says of a revoked session is what the service itself says: HEAD gets a bare 400 of S3.
    [Theory]
    [InlineData("s3", "HEAD", LocalRevocation.Expired)]
    [InlineData("s3", "GET", LocalRevocation.Expired)]
    [InlineData("s3", "GET", LocalRevocation.Invalid)]
    [InlineData("dynamodb", "GET", LocalRevocation.Expired)]
    [InlineData("lambda", "GET", LocalRevocation.Expired)]
    [InlineData("lambda", "GET", LocalRevocation.Invalid)]
    public async Task Session_ThatWasRevoked_IsHealed(string service, string method, LocalRevocation revocation)
    {
        await using var stage = await StartAsync(service);
        using (var content = new ByteArrayContent([1, 2, 3]))
            await stage.Client.PutAsync("/One/bucket/object", content, TestContext.Current.CancellationToken);
        stage.Aws.RevokeSessions(revocation);

        var answer = await stage.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/One/bucket/object"));

        // The small DynamoDB knows no GET, and says so to whom it has verified.
        Assert.Equal((service == "dynamodb" ? 400 : 200, SessionAnswer.Replayed), (answer.Status, answer.Replay));
        Assert.Equal(stage.Aws.Sessions[1].AccessKeyId, answer.VerifiedKey);
        Assert.Equal(new LocalCounts(AssumeRoleCalls: 2, SessionsIssued: 2, DestinationRequests: 3, DestinationRefusals: 1), stage.Aws.Counts);
    }

    [Theory]
    [InlineData("lambda", "On", 403, "AccessDeniedException")]
    [InlineData("s3", "On", 403, "AccessDenied")]
    [InlineData("execute-api", "On", 403, null)]
    [InlineData("lambda", "On", 400, "ValidationException")]
    [InlineData("lambda", "On", 419, null)]
    [InlineData("lambda", "On", 500, "ExpiredTokenException")]
    [InlineData("lambda", "Off", 403, "ExpiredTokenException")]
    [InlineData("s3", "Off", 400, "ExpiredToken")]
    public async Task Answer_ThatDoesNotAskForIt_IsTheCallersUntouched(string service, string inspection, int status, string? code)
    {
        await using var stage = await StartAsync(service, "", $"AnswerInspection={inspection}");
        (await stage.GetAsync("/One/")).AssertPlain();
        stage.Aws.Fail(LocalTarget.Destinations, new LocalFault(status, code, "As the destination says"));

        var answer = await stage.GetAsync("/One/");

        Assert.Equal((status, null), (answer.Status, answer.Replay));
        Assert.Contains("As the destination says", answer.Text, StringComparison.Ordinal);
        Assert.Equal(new LocalCounts(AssumeRoleCalls: 1, SessionsIssued: 1, DestinationRequests: 2, DestinationRefusals: 1), stage.Aws.Counts);
    }

    private static Task<SessionStage> StartAsync(string service, string fields = "", params string[] settings) => SessionStage.StartAsync(
        aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws) + fields, service), [SessionStage.CallsAlone, .. settings]);

    /// <summary>A destination that will have none of the first session it is shown on a path.</summary>
    private static Task<AnsweringServer> StartRefusingFirstAsync(int status, string? header, string body)
    {
        var refused = new ConcurrentDictionary<string, string>();
        return AnsweringServer.StartAsync(context =>
        {
            var key = context.Request.Headers.Authorization.ToString().Split('/')[0];
            if (refused.GetOrAdd(context.Request.Path, key) != key)
                return context.Response.WriteAsync("healed");
            var code = context.Request.Path.Value!.Split('/')[1];
            context.Response.StatusCode = status;
            if (header is not null)
                context.Response.Headers["x-amzn-ErrorType"] = header.Replace("CODE", code, StringComparison.Ordinal);
            return context.Response.WriteAsync(body.Replace("CODE", code, StringComparison.Ordinal));
        });
    }
}
