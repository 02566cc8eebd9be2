using System.Net;
using System.Net.Sockets;
using SigningProxy.Catalog;
using SigningProxy.LocalAws;
using SigningProxy.Sessions;
using SigningProxy.Sessions.Ambient;
using SigningProxy.SigV4;
using SigningProxy.Tests.LocalAws;

namespace SigningProxy.Tests.Sessions;

/// <summary>Against the stand-in's STS, which verifies every signature on its own.</summary>
public sealed class AssumeRoleSourceTests : IDisposable
{
    private readonly SourceConnections _connections = new(new WebProxy());
    private readonly Dictionary<string, string> _environment = [];
    private ObtainSession _obtain = (_, _, _) => throw new InvalidOperationException("Nobody is chained from.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _connections.Dispose();

    [Theory]
    [InlineData("Reader", "SigningProxy-Reader")]
    [InlineData("Order reader", "SigningProxy-Order-reader")]
    public async Task Fetch_GivesASessionOfTheRoleUnderThePrincipalsName(string principal, string name)
    {
        await using var aws = await SessionStage.StartAsync();

        using var got = await FetchAsync(aws, new(), principal);

        var issued = Assert.Single(aws.Server.Sessions);
        Assert.Equal((got.AccessKeyId, SessionStage.Role, name), (issued.AccessKeyId, issued.RoleArn, issued.RoleSessionName));
        Assert.Equal(issued.Expiration, got.Expiration);
        Assert.Equal(200, (await aws.AskAsync(aws.Signed(new(got.AccessKeyId, got.RevealSecret(), got.SessionToken), "lambda"))).Status);
    }

    [Theory]
    [InlineData(900)]
    [InlineData(3600)]
    [InlineData(43200)]
    public async Task Fetch_AsksForItsDuration(int seconds)
    {
        await using var aws = await SessionStage.StartAsync();

        using var got = await FetchAsync(aws, new() { Duration = TimeSpan.FromSeconds(seconds) });

        Assert.InRange(got.Expiration!.Value - aws.Time.GetUtcNow(), TimeSpan.FromSeconds(seconds - 1), TimeSpan.FromSeconds(seconds + 1));
    }

    [Fact]
    public async Task Fetch_WithTheExternalId_IsGranted()
    {
        await using var aws = await SessionStage.StartAsync();

        using var got = await FetchAsync(aws, new() { ExternalId = "right-id" }, role: SessionStage.ExternalRole);

        Assert.Single(aws.Server.Sessions);
    }

    [Theory]
    [InlineData("wrong-id")]
    [InlineData(null)]
    public async Task Fetch_WithoutTheRightExternalId_SaysWhatStsSaid(string? externalId)
    {
        await using var aws = await SessionStage.StartAsync();

        var fault = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(aws, new() { ExternalId = externalId }, role: SessionStage.ExternalRole));

        Assert.StartsWith(
            $"STS at {aws.Server.Address} refused with 403 AccessDenied: User: arn:aws:iam::000000000000:user/AKIDTESTS is not authorized to perform: sts:AssumeRole on resource: {SessionStage.ExternalRole}",
            fault.Message,
            StringComparison.Ordinal);
        Assert.Equal(("AccessDenied", false), (fault.Code, fault.IsTransient));
        Assert.Empty(aws.Server.Sessions);
    }

    [Fact]
    public async Task Fetch_WhenStsFails_IsTransientAndTriesOnce()
    {
        await using var aws = await SessionStage.StartAsync();
        aws.Server.Fail(LocalTarget.Sts, new LocalFault(503, "ServiceUnavailable", "Later"));

        var fault = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(aws, new()));

        Assert.Equal($"STS at {aws.Server.Address} refused with 503 ServiceUnavailable: Later", fault.Message);
        Assert.True(fault.IsTransient);
        Assert.Equal(1, aws.Server.Counts.AssumeRoleCalls);
    }

    [Fact]
    public async Task Fetch_WhenNobodyListens_SaysSo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var nobody = new Uri($"http://{listener.LocalEndpoint}/");
        listener.Stop();

        var fault = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(Entry(nobody, Keyed(new())), "Reader"));

        Assert.Equal($"STS at {nobody} was not reached: ConnectionRefused.", fault.Message);
        Assert.Equal((null, true), (fault.Code, fault.IsTransient));
    }

    [Theory]
    [InlineData("<Credentials/>")]
    [InlineData("<Credentials><AccessKeyId> </AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials>")]
    [InlineData("<Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey></SecretAccessKey><SessionToken>t</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials>")]
    [InlineData("<Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>s</SecretAccessKey><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials>")]
    [InlineData("<Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken></Credentials>")]
    [InlineData("")]
    public async Task Fetch_WhenTheAnswerIsBlank_TakesNothing(string credentials)
    {
        await using var sts = await ScriptedSts.StartAsync();
        sts.Answer = context => ScriptedSts.WriteAsync(
            context, 200, $"""<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>{credentials}</AssumeRoleResult></AssumeRoleResponse>""");

        var fault = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(sts.ExternalCredential(), "Reader"));

        Assert.Equal("STS answered without whole credentials.", fault.Message);
        Assert.True(fault.IsTransient);
    }

    [Theory]
    [InlineData(200, "nonsense", "What answered at ADDRESS is not STS.")]
    [InlineData(200, "{}", "What answered at ADDRESS is not STS.")]
    [InlineData(503, "", "What answered 503 at ADDRESS is not STS.")]
    [InlineData(502, "<html>Bad gateway</html>", "What answered 502 at ADDRESS is not STS.")]
    public async Task Fetch_WhenTheAnswerIsNotOfSts_SaysSoAndMayPass(int status, string body, string says)
    {
        await using var sts = await ScriptedSts.StartAsync();
        sts.Answer = context => ScriptedSts.WriteAsync(context, status, body);

        var fault = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(sts.ExternalCredential(), "Reader"));

        Assert.Equal(says.Replace("ADDRESS", sts.Address.AbsoluteUri, StringComparison.Ordinal), fault.Message);
        Assert.True(fault.IsTransient);
    }

    [Fact]
    public async Task Fetch_FromTheEnvironment_AsksWithItsKeys()
    {
        await using var aws = await SessionStage.StartAsync();
        var session = await aws.SessionAsync();
        (_environment["AWS_ACCESS_KEY_ID"], _environment["AWS_SECRET_ACCESS_KEY"], _environment["AWS_SESSION_TOKEN"]) = (session.AccessKeyId, session.Secret, session.SessionToken!);

        using var got = await FetchAsync(Entry(aws.Server.Address, new() { Source = StsSource.Ambient }), "Reader");

        Assert.Equal(2, aws.Server.Sessions.Count);
        Assert.Equal(session.AccessKeyId, aws.Server.Requests[^1].AccessKeyId);
    }

    [Fact]
    public async Task Fetch_ByAnotherPrincipal_AsksWithItsSession()
    {
        await using var aws = await SessionStage.StartAsync();
        var chained = new ChainedPrincipal(Example.ExternalCredential() with { Name = "Base" }, Example.Principal("First"));
        var session = await aws.SessionAsync();
        (ExternalCredential, Principal)? asked = null;
        _obtain = (externalCredential, principal, _) =>
        {
            asked = (externalCredential, principal);
            return new(new SessionCredentials(session.AccessKeyId, session.Secret, session.SessionToken));
        };

        using var got = await FetchAsync(Entry(aws.Server.Address, new() { Source = StsSource.Principal, Chained = chained }), "Reader");

        Assert.Equal((chained.ExternalCredential, chained.Principal), asked);
        Assert.Equal(session.AccessKeyId, aws.Server.Requests[^1].AccessKeyId);
    }

    [Fact]
    public async Task Fetch_ByAnotherPrincipalWithoutASession_SaysWhich()
    {
        await using var aws = await SessionStage.StartAsync();
        var chained = new ChainedPrincipal(Example.ExternalCredential() with { Name = "Base" }, Example.Principal("First"));
        _obtain = (_, _, _) => throw new SessionUnavailableException("STS was not reached.", TimeSpan.FromSeconds(1));

        var fault = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(Entry(aws.Server.Address, new() { Source = StsSource.Principal, Chained = chained }), "Reader"));

        Assert.Equal("Base-First, which is to assume the role, has no session: STS was not reached.", fault.Message);
        Assert.False(fault.IsTransient);
        Assert.Empty(aws.Server.Requests);
    }

    [Fact]
    public async Task Fetch_ByAWebIdentity_SendsTheTokenOfTheFileAsItIsNowAndNoSignature()
    {
        await using var aws = await SessionStage.StartAsync(issuers: [new("https://issuer.example")]);
        var file = Path.GetTempFileName();
        try
        {
            var entry = Entry(aws.Server.Address, new() { Source = StsSource.WebIdentity, WebIdentityTokenFile = file });
            await File.WriteAllTextAsync(file, "stale", Cancellation);
            var fault = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(entry, "Reader"));
            Assert.Equal("InvalidIdentityToken", fault.Code);
            Assert.DoesNotContain("stale", fault.Message, StringComparison.Ordinal);

            await File.WriteAllTextAsync(file, Token(aws.Time.GetUtcNow().AddHours(1)) + "\n", Cancellation);
            using var got = await FetchAsync(entry, "Reader");

            Assert.Equal("SigningProxy-Reader", Assert.Single(aws.Server.Sessions).RoleSessionName);
            Assert.Equal((2, 0), (aws.Server.Counts.WebIdentityCalls, aws.Server.Counts.AssumeRoleCalls));
            Assert.Null(aws.Server.Requests[^1].AccessKeyId);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Fetch_WhenTheTokenFileCannotBeRead_SaysSo()
    {
        await using var aws = await SessionStage.StartAsync();

        var fault = await Assert.ThrowsAsync<SessionException>(
            () => FetchAsync(Entry(aws.Server.Address, new() { Source = StsSource.WebIdentity, WebIdentityTokenFile = "/nowhere/token" }), "Reader"));

        Assert.Equal("The web identity token file /nowhere/token cannot be read (DirectoryNotFoundException).", fault.Message);
        Assert.True(fault.IsTransient);
        Assert.Empty(aws.Server.Requests);
    }

    private Task<SessionCredentials> FetchAsync(SessionStage aws, StsSettings sts, string principal = "Reader", string role = SessionStage.Role) =>
        FetchAsync(Entry(aws.Server.Address, Keyed(sts)), principal, role);

    private Task<SessionCredentials> FetchAsync(ExternalCredential externalCredential, string principal, string role = SessionStage.Role) =>
        new AssumeRoleSource(_connections, new AmbientCredentials(_environment.GetValueOrDefault, _connections), (e, p, c) => _obtain(e, p, c))
            .FetchAsync(externalCredential, Example.Principal(principal) with { RoleArn = role }, Cancellation);

    private static ExternalCredential Entry(Uri address, StsSettings sts) => Example.ExternalCredential() with { Sts = sts with { Endpoint = address } };

    private static StsSettings Keyed(StsSettings sts) =>
        sts with { AccessKey = new Secret(SessionStage.Key.AccessKeyId), AccessSecret = new Secret(SessionStage.Key.Secret) };

    private static string Token(DateTimeOffset end) => string.Join('.', Part("""{"alg":"none"}"""),
        Part($$"""{"iss":"https://issuer.example","sub":"system:me","aud":["sts.amazonaws.com"],"exp":{{end.ToUnixTimeSeconds()}}}"""), "");

    private static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(json));
}
