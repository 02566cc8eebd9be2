using System.Security.Cryptography;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

public sealed class WebIdentityTests : IDisposable
{
    private const string Issuer = "https://issuer.example";

    private readonly RSA _key = RSA.Create(2048);
    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _key.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public async Task Token_IsReadAnewForEverySession()
    {
        await WriteAsync("system:good");
        await using var stage = await StartAsync();

        var first = await stage.GetAsync("/One/x");
        first.AssertPlain();

        await WriteAsync("system:stranger");
        // Nothing is called at its very end: what is signed just before may arrive just after, and is refused there.
        var ended = Assert.Single(stage.Aws.Sessions).Expiration;
        await Wait.UntilAsync(() => TimeProvider.System.GetUtcNow() >= ended, "the session has ended, and the token in the file is another");
        Assert.Equal(503, (await stage.GetAsync("/One/x")).Status);
        await Wait.UntilAsync(() => stage.Proxy.Count("AccessDenied") > 0, "the log says why");

        await WriteAsync("system:good");
        SessionAnswer next = first;
        await Wait.UntilAsync(async () => (next = await stage.GetAsync("/One/x")).Status == 200, "the token in the file is a good one again");
        Assert.NotEqual(first.VerifiedKey, next.VerifiedKey);
        Assert.Equal(0, stage.Aws.Counts.AssumeRoleCalls);
        Assert.Equal(0, stage.Aws.Counts.DestinationRefusals);
    }

    [Fact]
    public async Task Call_WhenThereIsNoToken_IsRefused()
    {
        File.Delete(_file);
        await using var stage = await StartAsync();

        (await stage.GetAsync("/One/x")).AssertNoSession(_file);

        await Wait.UntilAsync(() => stage.Proxy.Count($"The web identity token file {_file} cannot be read") > 0, "the log says why");
        Assert.Equal(new LocalCounts(), stage.Aws.Counts);
    }

    private Task<SessionStage> StartAsync() => SessionStage.StartAsync(
        SessionStage.Believing(issuers: [new(Issuer) { Subjects = ["system:good"], PublicKeyPem = _key.ExportSubjectPublicKeyInfoPem() }]),
        aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRoleBy("WebIdentity", aws, $", webIdentityTokenFile: {_file}, durationSeconds: 2")),
        new Launch(),
        SessionStage.CallsAlone,
        "BackoffStep=00:00:00.1",
        "LongestBackoffStep=00:00:00.2");

    private Task WriteAsync(string subject) => File.WriteAllTextAsync(_file, WebIdentityToken.Of(_key, Issuer, subject) + "\n", Cancellation);
}
