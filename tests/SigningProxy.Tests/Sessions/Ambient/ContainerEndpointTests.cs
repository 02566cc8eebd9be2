using SigningProxy.Sessions;
using SigningProxy.Sessions.Ambient;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Sessions.Ambient;

public sealed class ContainerEndpointTests : IDisposable
{
    private readonly List<string> _asked = [];
    private readonly HttpClient _http;
    private readonly Dictionary<string, string> _environment = [];
    private string _body = MachineEndpoint.Credentials;
    private int _status = 200;

    public ContainerEndpointTests() => _http = new HttpClient(new Answering(this));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("https://credentials.example.com/get", true)]
    [InlineData("http://127.0.0.1:8080/get", true)]
    [InlineData("http://127.9.9.9/get", true)]
    [InlineData("http://localhost/get", true)]
    [InlineData("http://[::1]/get", true)]
    [InlineData("http://169.254.170.2/get", true)]
    [InlineData("http://169.254.170.23/v1/credentials", true)]
    [InlineData("http://[fd00:ec2::23]/v1/credentials", true)]
    [InlineData("http://example.com/get", false)]
    [InlineData("http://localhost.example.com/get", false)]
    [InlineData("http://10.0.0.1/get", false)]
    [InlineData("http://169.254.170.24/get", false)]
    [InlineData("http://169.254.169.254/get", false)]
    [InlineData("http://[fd00:ec2::24]/get", false)]
    [InlineData("http://127.0.0.1@example.com/get", false)]
    [InlineData("ftp://127.0.0.1/get", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/get", false)]
    [InlineData("nonsense", false)]
    public async Task TryGet_AsksOnlyWhoIsToBeTrusted(string address, bool trusted)
    {
        _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = address;
        _environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "authorization";
        if (trusted)
        {
            using var got = await TryGetAsync();
            Assert.Equal("ASIAEXAMPLE", got!.AccessKeyId);
            Assert.Equal([$"{address} authorization"], _asked);
            return;
        }

        var fault = await Assert.ThrowsAsync<SessionException>(TryGetAsync);

        Assert.Equal("AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor an address of this machine, of ECS or of EKS.", fault.Message);
        Assert.False(fault.IsTransient);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task TryGet_WhenTheEnvironmentNamesNone_IsNothing() => Assert.Null(await TryGetAsync());

    [Fact]
    public async Task TryGet_OfEcs_AsksItsAddressAndNotTheOther()
    {
        _environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/v2/credentials/abc";
        _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "https://credentials.example.com/get";

        using var got = await TryGetAsync();

        Assert.Equal(["http://169.254.170.2/v2/credentials/abc"], _asked);
    }

    [Theory]
    [InlineData("@example.com/get")]
    [InlineData(".example.com/get")]
    [InlineData(":80@example.com/get")]
    public async Task TryGet_OfEcs_IsNotLedElsewhere(string relative)
    {
        _environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = relative;

        await Assert.ThrowsAsync<SessionException>(TryGetAsync);

        Assert.Empty(_asked);
    }

    [Fact]
    public async Task TryGet_WithATokenFile_SendsWhatItHoldsNow()
    {
        var file = Path.GetTempFileName();
        try
        {
            _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://169.254.170.23/v1";
            _environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "not this";
            _environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = file;
            await File.WriteAllTextAsync(file, "first\n", Cancellation);
            (await TryGetAsync())!.Dispose();
            await File.WriteAllTextAsync(file, "second\n", Cancellation);
            (await TryGetAsync())!.Dispose();

            Assert.Equal(["http://169.254.170.23/v1 first", "http://169.254.170.23/v1 second"], _asked);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("/nowhere/token", "DirectoryNotFoundException")]
    [InlineData("/", "UnauthorizedAccessException")]
    public async Task TryGet_WhenTheTokenFileCannotBeRead_SaysSoAndAsksNobody(string file, string why)
    {
        _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://169.254.170.23/v1";
        _environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = file;

        var fault = await Assert.ThrowsAsync<SessionException>(TryGetAsync);

        Assert.Equal($"The file of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, {file}, cannot be read ({why}).", fault.Message);
        Assert.True(fault.IsTransient);
        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(500, true)]
    public async Task TryGet_WhenRefused_SaysWithWhat(int status, bool transient)
    {
        (_status, _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"]) = (status, "http://localhost/");

        var fault = await Assert.ThrowsAsync<SessionException>(TryGetAsync);

        Assert.Equal($"The container endpoint answered {status}.", fault.Message);
        Assert.Equal(transient, fault.IsTransient);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("""{"AccessKeyId":"A","SecretAccessKey":"s","Token":"t"}""")]
    [InlineData("""{"AccessKeyId":" ","SecretAccessKey":"s","Token":"t","Expiration":"2026-06-01T12:00:00Z"}""")]
    [InlineData("""{"AccessKeyId":"A","SecretAccessKey":null,"Token":"t","Expiration":"2026-06-01T12:00:00Z"}""")]
    [InlineData("""{"AccessKeyId":"A","SecretAccessKey":"s","Token":"","Expiration":"2026-06-01T12:00:00Z"}""")]
    [InlineData("""{"AccessKeyId":"A","SecretAccessKey":"s","Token":"t","Expiration":"soon"}""")]
    [InlineData("""{"AccessKeyId":42,"SecretAccessKey":"s","Token":"t","Expiration":"2026-06-01T12:00:00Z"}""")]
    public async Task TryGet_WhenTheAnswerIsNotWhole_TakesNothing(string body)
    {
        (_body, _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"]) = (body, "http://localhost/");

        var fault = await Assert.ThrowsAsync<SessionException>(TryGetAsync);

        Assert.Equal("The container endpoint answered without whole credentials.", fault.Message);
        Assert.True(fault.IsTransient);
    }

    [Fact]
    public async Task TryGet_GivesKeysTokenAndEnd()
    {
        _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://localhost/";

        using var got = await TryGetAsync();

        Assert.Equal(
            ("ASIAEXAMPLE", "made-up", "token", new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero)), (got!.AccessKeyId, got.RevealSecret(), got.SessionToken, got.Expiration));
    }

    private Task<SessionCredentials?> TryGetAsync() => new ContainerEndpoint(_environment.GetValueOrDefault, _http).TryGetAsync(Cancellation);

    private sealed class Answering(ContainerEndpointTests test) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            test._asked.Add($"{request.RequestUri} {string.Join(',', request.Headers.NonValidated.Select(h => h.Value.ToString()))}".TrimEnd());
            return Task.FromResult(new HttpResponseMessage((System.Net.HttpStatusCode)test._status) { Content = new StringContent(test._body) });
        }
    }
}
