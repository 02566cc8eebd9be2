using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Catalog;
using SigningProxy.Sessions;
using SigningProxy.SigV4;
using SigningProxy.Tests.Configuration;
using SigningProxy.Tests.SigV4;

namespace SigningProxy.Tests.Sessions;

public sealed class RolesAnywhereSourceTests : IDisposable
{
    private const string Anchor = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/00000000-0000-0000-0000-000000000002";
    private const string Profile = "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/00000000-0000-0000-0000-000000000001";
    private const string Role = "arn:aws:iam::111122223333:role/example";

    private static readonly DateTimeOffset Now = MadeUpAuthority.Begin.AddDays(1).AddHours(3);

    private readonly MadeUpAuthority _authority = new(intermediates: 2);
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null, UseProxy = false });
    private readonly FakeTimeProvider _time = new(Now);

    public void Dispose()
    {
        _http.Dispose();
        _authority.Dispose();
    }

    [Theory]
    [InlineData("RSA-2048", "")]
    [InlineData("P-256", "")]
    [InlineData("P-384", "")]
    [InlineData("P-521", "/base//path/")]
    public async Task Fetch_WhenTheServiceVerifies_GivesItsSession(string kind, string basePath)
    {
        await using var service = await RunningRolesAnywhere.StartAsync(_authority.Root, Now);
        using var certificate = Certificate(kind, _authority.Intermediates);

        using var session = await FetchAsync(service, certificate, basePath);

        Assert.Equal(("ASIAEXAMPLE", "token=="), (session.AccessKeyId, session.SessionToken));
        Assert.Equal(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero), session.Expiration);
        Assert.Equal([$$"""{"profileArn":"{{Profile}}","roleArn":"{{Role}}","trustAnchorArn":"{{Anchor}}"}"""], service.Bodies);
    }

    [Fact]
    public async Task Fetch_SignsWithTheSecretThatCame()
    {
        await using var service = await RunningRolesAnywhere.StartAsync(_authority.Root, Now);
        using var certificate = Certificate("P-256", _authority.Intermediates);
        using var session = await FetchAsync(service, certificate);
        using var expected = new SessionCredentials("ASIAEXAMPLE", "made/up+secret", "token==");
        Assert.Equal(new PlainRequest().Sign(expected), new PlainRequest().Sign(session));
    }

    [Fact]
    public async Task Fetch_WhenAnIntermediateIsMissing_SaysWhatThatMostlyMeans()
    {
        await using var service = await RunningRolesAnywhere.StartAsync(_authority.Root, Now);
        using var certificate = Certificate("P-256", [_authority.Intermediates[0]]);

        var refusal = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(service, certificate));

        Assert.Equal("AccessDeniedException", refusal.Code);
        Assert.Equal(
            "Roles Anywhere answered 403 AccessDeniedException: Untrusted signing certificate. "
            + "This mostly means a missing intermediate, an expired or revoked certificate, or the wrong trust anchor.",
            refusal.Message);
        Assert.Empty(service.Bodies);
    }

    [Fact]
    public async Task Fetch_WhenTheClockIsWrong_IsRefused()
    {
        await using var service = await RunningRolesAnywhere.StartAsync(_authority.Root, Now);
        using var certificate = Certificate("P-256", _authority.Intermediates);
        _time.SetUtcNow(Now.AddMinutes(6));
        var refusal = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(service, certificate));
        Assert.Equal("Roles Anywhere answered 403 AccessDeniedException: Signature expired.", refusal.Message);
    }

    public static TheoryData<string, string> HalfSessions => new()
    {
        { "", "without a credential set." },
        { "[1]", "without a credential set." },
        { "{\"credentialSet\":[]}", "without a credential set." },
        { "{\"credentialSet\":[{}]}", "with a credential set that holds no credentials." },
        { Without("2026-06-01T12:00:00Z", "soon"), "with credentials that have no readable expiration." },
        { Without("\"2026-06-01T12:00:00Z\"", "null"), "with credentials that have no readable expiration." },
        { Without("ASIAEXAMPLE", " "), "with credentials whose accessKeyId is missing or blank." },
        { Without("made/up+secret", ""), "with credentials whose secretAccessKey is missing or blank." },
        { Without("made/up+secret", "\\ud800"), "with credentials whose secretAccessKey is missing or blank." },
        { Without("sessionToken", "token"), "with credentials whose sessionToken is missing or blank." },
        { new string(' ', 70_000) + RunningRolesAnywhere.Session, "without a credential set." },
    };

    [Theory]
    [MemberData(nameof(HalfSessions))]
    public async Task Fetch_WhenTheSessionIsNotWhole_Fails(string answer, string problem)
    {
        await using var service = await RunningRolesAnywhere.StartAsync(_authority.Root, Now);
        service.Answer = context => RunningRolesAnywhere.WriteAsync(context, 201, answer);
        using var certificate = Certificate("P-256", _authority.Intermediates);

        var refusal = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(service, certificate));

        Assert.Equal($"Roles Anywhere answered 201 {problem}", refusal.Message);
        Assert.Null(refusal.Code);
    }

    [Theory]
    [InlineData(200, null, RunningRolesAnywhere.Session, null, "200 without a message.")]
    [InlineData(500, null, "<html>", null, "500 without a message.")]
    [InlineData(307, null, "", null, "307 without a message.")]
    [InlineData(400, "ValidationException", """{"message":"Duration is too long."}""", "ValidationException", "400 ValidationException: Duration is too long.")]
    [InlineData(404, null, """{"__type":"com.amazon#ResourceNotFoundException","Message":"No\nsuch\tprofile"}""", "ResourceNotFoundException", "404 ResourceNotFoundException: No such profile.")]
    [InlineData(403, "not a code", """{"code":"Denied","message":"\ud800"}""", "Denied", "403 Denied without a message.")]
    public async Task Fetch_WhenRefused_TellsTheServicesOwnCodeAndMessage(int status, string? type, string body, string? code, string message)
    {
        await using var service = await RunningRolesAnywhere.StartAsync(_authority.Root, Now);
        service.Answer = context =>
        {
            context.Response.Headers["x-amzn-ErrorType"] = type;
            context.Response.Headers.Location = "/elsewhere";
            return RunningRolesAnywhere.WriteAsync(context, status, body);
        };
        using var certificate = Certificate("P-256", _authority.Intermediates);

        var refusal = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(service, certificate));

        Assert.Equal((code, $"Roles Anywhere answered {message}"), (refusal.Code, refusal.Message));
        Assert.Single(service.Bodies);
    }

    [Fact]
    public async Task Fetch_WhenTheErrorNeverEnds_ReadsABoundedPartOfIt()
    {
        await using var service = await RunningRolesAnywhere.StartAsync(_authority.Root, Now);
        service.Answer = async context =>
        {
            context.Response.StatusCode = 503;
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[4096], context.RequestAborted);
        };
        using var certificate = Certificate("P-256", _authority.Intermediates);
        var refusal = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(service, certificate).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Equal("Roles Anywhere answered 503 without a message.", refusal.Message);
    }

    [Fact]
    public async Task Fetch_WhenTheMessageIsLong_CutsIt()
    {
        await using var service = await RunningRolesAnywhere.StartAsync(_authority.Root, Now);
        service.Answer = context => RunningRolesAnywhere.WriteAsync(context, 400, $$"""{"message":"{{new string('x', 5000)}}"}""");
        using var certificate = Certificate("P-256", _authority.Intermediates);
        var refusal = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(service, certificate));
        Assert.Equal($"Roles Anywhere answered 400: {new string('x', 500)}.", refusal.Message);
    }

    [Fact]
    public async Task Fetch_WhenCancelled_Ends()
    {
        await using var service = await RunningRolesAnywhere.StartAsync(_authority.Root, Now);
        using var cancellation = new CancellationTokenSource();
        service.Answer = async context =>
        {
            await cancellation.CancelAsync();
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        using var certificate = Certificate("P-256", _authority.Intermediates);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => FetchAsync(service, certificate, cancellation: cancellation.Token).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fetch_WhenNobodyListens_SaysWhere()
    {
        var service = await RunningRolesAnywhere.StartAsync(_authority.Root, Now);
        var address = service.Address;
        await service.DisposeAsync();
        using var certificate = Certificate("P-256", _authority.Intermediates);

        var refusal = await Assert.ThrowsAsync<SessionException>(() => new RolesAnywhereSource(_ => _http, _time)
            .FetchAsync(Credential(certificate) with { RolesAnywhere = Settings(certificate) with { Endpoint = address } }, Principal(), TestContext.Current.CancellationToken));

        Assert.Equal($"Roles Anywhere at {address.Authority} could not be asked: Connection refused", refusal.Message);
        Assert.IsAssignableFrom<HttpRequestException>(refusal.InnerException);
    }

    [Theory]
    [InlineData("aws", "eu-west-1", "https://rolesanywhere.eu-west-1.amazonaws.com/sessions")]
    [InlineData("aws-us-gov", "us-gov-west-1", "https://rolesanywhere.us-gov-west-1.amazonaws.com/sessions")]
    [InlineData("aws-cn", "cn-north-1", "https://rolesanywhere.cn-north-1.amazonaws.com.cn/sessions")]
    [InlineData("aws-eusc", "eusc-de-east-1", "https://rolesanywhere.eusc-de-east-1.amazonaws.eu/sessions")]
    public async Task Fetch_AsksTheTrustAnchorsRegion(string partition, string region, string address)
    {
        using var certificate = Certificate("P-256", _authority.Intermediates);
        var anchor = Anchor.Replace("arn:aws:", $"arn:{partition}:", StringComparison.Ordinal).Replace("eu-west-1", region, StringComparison.Ordinal);
        var sent = await SentAsync(Settings(certificate) with { TrustAnchorArn = anchor }, _time);
        Assert.Equal(address, sent.RequestUri!.AbsoluteUri);
        Assert.Contains($"/{region}/rolesanywhere/aws4_request", sent.Headers.GetValues("Authorization").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_SendsTheVectorsRequestToTheByte()
    {
        var vector = X509Vector.Of("RSA-2048");
        using var certificate = vector.Certificate();

        var sent = await SentAsync(Settings(certificate) with { Duration = TimeSpan.FromHours(1) }, new FakeTimeProvider(vector.Instant));

        Assert.Equal(vector.Body, await sent.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(vector.Authorization, sent.Headers.GetValues("Authorization").Single());
        Assert.Equal(vector.Host, sent.Headers.Host);
        Assert.Equal(vector.AmzDate, sent.Headers.GetValues("X-Amz-Date").Single());
        Assert.Equal((certificate.Leaf, certificate.Chain), (sent.Headers.GetValues("X-Amz-X509").Single(), sent.Headers.GetValues("X-Amz-X509-Chain").Single()));
        Assert.Equal("application/json", sent.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Fetch_WhenNotConfigured_SendsNothing()
    {
        using var certificate = Certificate("P-256", []);
        foreach (var settings in new[] { Settings(certificate) with { Certificate = null }, Settings(certificate) with { TrustAnchorArn = null } })
            await Assert.ThrowsAsync<InvalidOperationException>(() => SentAsync(settings, _time));
    }

    private static string Without(string text, string inItsPlace) => RunningRolesAnywhere.Session.Replace(text, inItsPlace, StringComparison.Ordinal);

    private static Principal Principal() => new() { Name = "P", SequenceNumber = 1, RoleArn = Role, SessionKey = SessionKey.Of("Table", "P") };

    private static RolesAnywhereSettings Settings(SigningCertificate certificate) => new() { TrustAnchorArn = Anchor, ProfileArn = Profile, Certificate = certificate };

    private static ExternalCredential Credential(SigningCertificate certificate) => new()
    {
        Name = "E",
        Label = "E",
        Scope = new("us-east-1", "s3"),
        Signing = SigningSettings.ForService("s3"),
        Variant = CredentialVariant.RolesAnywhere,
        DeclaredIn = "",
        RolesAnywhere = Settings(certificate),
        Principals = [Principal()],
    };

    private SigningCertificate Certificate(string kind, IReadOnlyList<X509Certificate2> intermediates)
    {
        using AsymmetricAlgorithm key = kind == "RSA-2048" ? RSA.Create(2048) : ECDsa.Create(ECCurve.CreateFromFriendlyName($"nistP{kind[2..]}"));
        using var leaf = _authority.Leaf(key);
        return new SigningCertificate(leaf, intermediates);
    }

    private Task<SessionCredentials> FetchAsync(
        RunningRolesAnywhere service, SigningCertificate certificate, string basePath = "", CancellationToken? cancellation = null) =>
        new RolesAnywhereSource(_ => _http, _time).FetchAsync(
            Credential(certificate) with { RolesAnywhere = Settings(certificate) with { Endpoint = new Uri(service.Address, basePath) } },
            Principal(),
            cancellation ?? TestContext.Current.CancellationToken);

    /// <summary>The request as it is handed to the connection.</summary>
    private static async Task<HttpRequestMessage> SentAsync(RolesAnywhereSettings settings, TimeProvider time)
    {
        using var capture = new Capture();
        using var http = new HttpMessageInvoker(capture);
        using var session = await new RolesAnywhereSource(_ => http, time).FetchAsync(
            Credential(settings.Certificate!) with { RolesAnywhere = settings }, Principal(), TestContext.Current.CancellationToken);
        return capture.Sent!;
    }

    private sealed class Capture : HttpMessageHandler
    {
        public HttpRequestMessage? Sent { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // The request is disposed once it is answered.
            Sent = new HttpRequestMessage(request.Method, request.RequestUri);
            Sent.Headers.Host = request.Headers.Host;
            foreach (var (name, values) in request.Headers.NonValidated)
                Sent.Headers.TryAddWithoutValidation(name, values.ToString());
            Sent.Content = new ByteArrayContent(await request.Content!.ReadAsByteArrayAsync(cancellationToken)) { Headers = { ContentType = request.Content.Headers.ContentType } };
            return new HttpResponseMessage(HttpStatusCode.Created) { Content = new StringContent(RunningRolesAnywhere.Session) };
        }
    }
}
