using Microsoft.AspNetCore.Http;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

public class AmbientTests
{
    private const string MetadataToken = "the-token-that-metadata-insists-on";

    private static readonly LocalKey Machine = new("ASIAMACHINESOWNKEY01", "the-secret-of-the-machine", "the-session-token-of-the-machine");

    // Whatever the machine that runs the tests has.
    private static readonly Dictionary<string, string> Nothing = new()
    {
        ["AWS_ACCESS_KEY_ID"] = "",
        ["AWS_SECRET_ACCESS_KEY"] = "",
        ["AWS_SESSION_TOKEN"] = "",
        ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "",
        ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "",
        ["AWS_EC2_METADATA_DISABLED"] = "",
        // What is of this machine goes through no proxy.
        ["HTTP_PROXY"] = "http://127.0.0.1:1",
        ["http_proxy"] = "http://127.0.0.1:1",
        ["ALL_PROXY"] = "http://127.0.0.1:1",
        ["NO_PROXY"] = "",
        ["no_proxy"] = "",
    };

    [Fact]
    public Task Environment_GivesTheKeys() => AssertAssumedAsync(new()
    {
        ["AWS_ACCESS_KEY_ID"] = Machine.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = Machine.Secret,
        ["AWS_SESSION_TOKEN"] = Machine.SessionToken!,
    });

    [Fact]
    public async Task ContainerEndpoint_GivesThemToWhoHasTheTokenOfTheFile()
    {
        const string token = "Bearer-like token of the pod";
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, token + "\n", TestContext.Current.CancellationToken);
        await using var endpoint = await AnsweringServer.StartAsync(context =>
            context.Request.Path == "/credentials" && context.Request.Headers.Authorization == token ? GiveAsync(context) : RefuseAsync(context));
        try
        {
            await AssertAssumedAsync(new()
            {
                ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(endpoint.Address, "/credentials").AbsoluteUri,
                ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = file,
            });
            Assert.Equal($"GET /credentials {token}", Assert.Single(endpoint.Came));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task InstanceMetadata_GivesThemToWhoFetchedAToken()
    {
        await using var metadata = await AnsweringServer.StartAsync(context => (context.Request.Method, context.Request.Path.Value) switch
        {
            ("PUT", "/latest/api/token") when context.Request.Headers["X-aws-ec2-metadata-token-ttl-seconds"].Count == 1 => context.Response.WriteAsync(MetadataToken),
            _ when context.Request.Headers["X-aws-ec2-metadata-token"] != MetadataToken => RefuseAsync(context),
            ("GET", "/latest/meta-data/iam/security-credentials/") => context.Response.WriteAsync("the-role-of-the-instance\n"),
            ("GET", "/latest/meta-data/iam/security-credentials/the-role-of-the-instance") => GiveAsync(context),
            _ => RefuseAsync(context),
        });

        await AssertAssumedAsync(new() { ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = metadata.Address.AbsoluteUri });

        Assert.Equal(["PUT", "GET", "GET"], metadata.Came.Select(line => line[..3]));
    }

    [Theory]
    [InlineData("AWS_EC2_METADATA_DISABLED", "true", "AWS_EC2_METADATA_DISABLED forbids the instance metadata")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://192.0.2.1/credentials", "neither https nor an address of this machine")]
    [InlineData("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1", "Neither the environment nor the container endpoint nor the instance metadata")]
    public async Task Call_WhenNobodyHasKeys_IsRefused(string name, string value, string told)
    {
        await using var stage = await StartAsync(new() { [name] = value });

        (await stage.GetAsync("/One/x")).AssertNoSession(name, "metadata");

        await Wait.UntilAsync(() => stage.Proxy.Log.Contains(told, StringComparison.Ordinal), "the log says why");
        Assert.Equal(new LocalCounts(), stage.Aws.Counts);
    }

    private static async Task AssertAssumedAsync(Dictionary<string, string> environment)
    {
        await using var stage = await StartAsync(environment);

        var answer = await stage.GetAsync("/One/x");

        answer.AssertPlain();
        Assert.Equal(Assert.Single(stage.Aws.Sessions).AccessKeyId, answer.VerifiedKey);
        Assert.Equal(Machine.AccessKeyId, Assert.Single(stage.Aws.Requests, r => r.Target == LocalTarget.Sts).AccessKeyId);
    }

    private static Task<SessionStage> StartAsync(Dictionary<string, string> environment) => SessionStage.StartAsync(
        SessionStage.Believing(keys: [Machine]),
        aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRoleBy("Ambient", aws)),
        new Launch { Environment = Nothing.Where(n => !environment.ContainsKey(n.Key)).Concat(environment).ToDictionary() },
        SessionStage.CallsAlone);

    private static Task GiveAsync(HttpContext context) => context.Response.WriteAsync(
        $$"""{"AccessKeyId":"{{Machine.AccessKeyId}}","SecretAccessKey":"{{Machine.Secret}}","Token":"{{Machine.SessionToken}}","Expiration":"2099-01-01T00:00:00Z"}""");

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = 401;
        return Task.CompletedTask;
    }
}
