using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

public class ChainedRoleTests
{
    private const string Next = "arn:aws:iam::444455556666:role/next";

    [Fact]
    public async Task Role_IsAssumedWithTheSessionOfAnother()
    {
        await using var stage = await StartAsync();

        var answer = await stage.GetAsync("/Second/x");

        answer.AssertPlain();
        Assert.Equal([SessionCatalog.Role, Next], stage.Aws.Sessions.Select(s => s.RoleArn));
        Assert.Equal(stage.Aws.Sessions[1].AccessKeyId, answer.VerifiedKey);
        // The first one's session is its own, whoever else stands on it.
        Assert.Equal(stage.Aws.Sessions[0].AccessKeyId, (await stage.GetAsync("/First/x")).VerifiedKey);
        Assert.Equal(new LocalCounts(AssumeRoleCalls: 2, SessionsIssued: 2, DestinationRequests: 2), stage.Aws.Counts);
    }

    [Fact]
    public async Task Role_WhenTheOtherHasNoSession_IsNotAssumed()
    {
        await using var stage = await StartAsync();
        stage.Aws.Fail(LocalTarget.Sts, new LocalFault(403, "AccessDenied", "The first one is out of favour"));

        (await stage.GetAsync("/Second/x")).AssertNoSession("favour", "First");

        await Wait.UntilAsync(() => stage.Proxy.Count("First-One, which is to assume the role, has no session") > 0, "the log says whose session is missing");
        Assert.Contains("The first one is out of favour", stage.Proxy.Log, StringComparison.Ordinal);
        Assert.Equal(new LocalCounts(AssumeRoleCalls: 1), stage.Aws.Counts);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("validate")]
    public async Task Circle_IsRefused(string command)
    {
        var aws = new Uri("http://127.0.0.1:1");
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            path,
            new SessionCatalog()
                .With("First", aws, SessionCatalog.AssumeRoleBy("Principal", aws, ", principal: Second-One"))
                .With("Second", aws, SessionCatalog.AssumeRoleBy("Principal", aws, ", principal: First-One"))
                .ToString(),
            TestContext.Current.CancellationToken);
        try
        {
            var (code, output, error) = await ProxyProcess.RunAsync(command, "--catalog", path);

            Assert.Equal(78, code);
            Assert.Contains("circle", output + error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Task<SessionStage> StartAsync() => SessionStage.StartAsync(
        SessionStage.Believing([new(SessionCatalog.Role), new(Next) { Trusts = [SessionCatalog.Role] }]),
        aws => new SessionCatalog()
            .With("First", aws, SessionCatalog.AssumeRole(aws))
            .With("Second", aws, SessionCatalog.AssumeRoleBy("Principal", aws, ", principal: First-One"), principal: $"roleArn: '{Next}'"),
        new Launch(),
        SessionStage.CallsAlone);
}
