using System.Globalization;
using System.Text.RegularExpressions;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed partial class ResolutionTests(ResolutionTests.ThreeNames stage) : IClassFixture<ResolutionTests.ThreeNames>
{
    private const string PublicKey = "AKIDPUBLIC000000";
    private const string PrivateKey = "AKIDPRIVATE00000";
    private const string PortKey = "AKIDPORT00000000";

    public sealed class ThreeNames : Stage
    {
        internal Uri OwnPort { get; } = new($"http://127.0.0.1:{ProxyProcess.FreePort().ToString(CultureInfo.InvariantCulture)}");

        private protected override IReadOnlyList<string> KeyIds => [PublicKey, PrivateKey, PortKey];

        // The grant is asked for before the limits, which would tell a name that exists from one that does not.
        private protected override string[] Arguments => ["--set", "SigningProxy:Bodies:MemoryLimitBytes=8", "--set", "SigningProxy:Bodies:SpoolLimitBytes=8"];

        private protected override string Catalog(Uri aws) => new CatalogText()
            .With("Public", aws, PublicKey, Secret)
            .With("Private", aws, PrivateKey, Secret)
            .With("Ported", aws, PortKey, Secret, fields: [$"listen: {OwnPort.Port}"])
            .WithoutGrant("Hidden", aws, PrivateKey, Secret)
            .ToString();
    }

    [Theory]
    [InlineData("/Public/x?a=1", "localhost", PublicKey, "/x?a=1")]
    [InlineData("/Private", "127.0.0.1", PrivateKey, "/")]
    [InlineData("/pRIVATE/x", "LocalHost:8080", PrivateKey, "/x")]
    [InlineData("/x", "Public.localhost", PublicKey, "/x")]
    [InlineData("/x", "pRIVATE.LOCALHOST:8080", PrivateKey, "/x")]
    public async Task Name_ByPathOrHost_ChoosesKeysAndPath(string target, string host, string keyId, string sent)
    {
        var (answer, arrived) = await stage.SendAsync($"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.Equal(200, answer.Status);
        var request = Assert.Single(arrived);
        Assert.Equal((keyId, true, sent), (request.AccessKeyId, request.Verified, request.RawTarget));
    }

    [Theory]
    [InlineData("/x", "localhost", "/x")]
    [InlineData("/Private/x", "localhost", "/Private/x")]
    [InlineData("/x", "Private.localhost", "/x")]
    public async Task Name_ByOwnPort_OutranksHostAndPath(string target, string host, string sent)
    {
        var (answer, arrived) = await stage.ArrivedAsync(
            () => RawClient.SendAsync(stage.OwnPort, $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));

        Assert.Equal(200, answer.Status);
        var request = Assert.Single(arrived);
        Assert.Equal((PortKey, sent), (request.AccessKeyId, request.RawTarget));
    }

    [Theory]
    [InlineData("/Public/../Private/x", 400)]
    [InlineData("/Public/%2e%2e/Private/x", 400)]
    [InlineData("/Public/%2E./Private/x", 400)]
    [InlineData("/Public/..%2fPrivate", 400)]
    [InlineData("/Public/..%5cPrivate", 400)]
    [InlineData("/Public//../../Private/x", 400)]
    [InlineData("/%50rivate/x", 403)]
    [InlineData("/%50rivate", 403)]
    [InlineData("//Private/x", 403)]
    [InlineData("//Private", 403)]
    [InlineData("/./Private", 403)]
    [InlineData("/Hidden/x", 403)]
    [InlineData("/", 403)]
    public async Task Name_GivenByAnotherReading_ReachesNothing(string target, int status)
    {
        var (answer, arrived) = await stage.GetAsync(target);

        Assert.Equal(status, answer.Status);
        Assert.Empty(arrived);
    }

    [Theory]
    [InlineData("/Private/..", "/")]
    [InlineData("/Private/../x", "/x")]
    [InlineData("/Private/%2e%2e", "/")]
    [InlineData("/Private", "/Private")]
    public async Task Host_WithAnotherNameInThePath_KeepsTheHostsKeys(string target, string sent)
    {
        var (_, arrived) = await stage.SendAsync($"GET {target} HTTP/1.1\r\nHost: Public.localhost\r\nConnection: close\r\n\r\n");

        var request = Assert.Single(arrived);
        Assert.Equal((PublicKey, true, sent), (request.AccessKeyId, request.Verified, request.RawTarget));
    }

    [Fact]
    public async Task Path_WithDotsInside_StaysWithItsName()
    {
        var (_, arrived) = await stage.GetAsync("/Public/Private/../x");

        var request = Assert.Single(arrived);
        Assert.Equal((PublicKey, "/x"), (request.AccessKeyId, request.RawTarget));
    }

    [Theory]
    [InlineData("GET /{0}/x HTTP/1.1\r\nHost: localhost\r\n", "")]
    [InlineData("GET /x HTTP/1.1\r\nHost: {0}.localhost\r\n", "")]
    [InlineData("POST /{0}/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 16\r\n", "sixteen letters!")]
    [InlineData("PUT /{0}/x HTTP/1.1\r\nHost: localhost\r\nX-Amz-Content-Sha256: nonsense\r\nContent-Length: 0\r\n", "")]
    public async Task Name_UnknownOrNotGranted_AnswersAlike(string head, string body)
    {
        var (unknown, nothing) = await stage.SendAsync(Of("Absent"));
        var (notGranted, nothingEither) = await stage.SendAsync(Of("Hidden"));

        Assert.Equal(403, unknown.Status);
        Assert.Equal(Plain(unknown.Head, "Absent"), Plain(notGranted.Head, "Hidden"));
        Assert.Equal(Plain(unknown.Body, "Absent"), Plain(notGranted.Body, "Hidden"));
        Assert.Empty(nothing);
        Assert.Empty(nothingEither);

        string Of(string name) => $"{string.Format(CultureInfo.InvariantCulture, head, name)}Connection: close\r\n\r\n{body}";
    }

    private static string Plain(string text, string name) =>
        OfThisAnswer().Replace(text, "").Replace(name, "(name)", StringComparison.Ordinal);

    [GeneratedRegex("""("traceId":"[^"]*")|(Date: [^\r]*)""")]
    private static partial Regex OfThisAnswer();
}
