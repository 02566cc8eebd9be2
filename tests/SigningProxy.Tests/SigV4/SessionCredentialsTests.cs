using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class SessionCredentialsTests
{
    private const string Secret = "secret+OF/the=keys";
    private const string Token = "token+OF/the=session";

    private static readonly DateTimeOffset LastSecond = new(2025, 12, 31, 23, 59, 59, TimeSpan.Zero);
    private static readonly DateTimeOffset Midnight = LastSecond.AddSeconds(1);

    [Theory]
    [InlineData("", "s", null)]
    [InlineData(" ", "s", null)]
    [InlineData("i", "", null)]
    [InlineData("i", "\t", null)]
    [InlineData("i", "s", "")]
    [InlineData("i", "s", "  ")]
    public void New_WhenAPartIsBlank_Refuses(string id, string secret, string? token) =>
        Assert.ThrowsAny<ArgumentException>(() => new SessionCredentials(id, secret, token));

    [Fact]
    public void New_KeepsWhatMayBeShown()
    {
        using var credentials = new SessionCredentials("id", Secret, Token, Midnight);

        Assert.Equal("id", credentials.AccessKeyId);
        Assert.Equal(Token, credentials.SessionToken);
        Assert.Equal(Midnight, credentials.Expiration);
    }

    [Fact]
    public void Sign_AcrossMidnightAndBack_IsAsOfFreshCredentials()
    {
        using var kept = new SessionCredentials(PlainRequest.SuiteKeyId, PlainRequest.SuiteSecret);

        foreach (var instant in new[] { LastSecond, Midnight, LastSecond, Midnight, Midnight })
        {
            var request = new PlainRequest { Instant = instant };
            Assert.Equal(request.Sign(), request.Sign(kept));
        }
    }

    [Fact]
    public void Sign_ByManyThreadsAcrossMidnightAndScopes_IsAsOfFreshCredentials()
    {
        using var kept = new SessionCredentials(PlainRequest.SuiteKeyId, PlainRequest.SuiteSecret);
        PlainRequest[] requests =
        [
            new() { Instant = LastSecond },
            new() { Instant = Midnight },
            new() { Instant = Midnight, Scope = new("us-east-1", "iam") },
            new() { Instant = Midnight, Scope = new("eu-west-1", "service") },
        ];
        var expected = requests.Select(request => request.Sign()).ToArray();
        Assert.Equal(requests.Length, expected.Distinct().Count());

        var wrong = 0;
        Parallel.For(0, 20_000, new() { MaxDegreeOfParallelism = 16 }, i =>
        {
            // Long stretches on one key as well as quick turns between all of them.
            var which = i % 1000 < 500 ? i % requests.Length : i / 1000 % requests.Length;
            if (requests[which].Sign(kept) != expected[which])
                Interlocked.Increment(ref wrong);
        });

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Sign_AfterDispose_Throws()
    {
        var warm = new SessionCredentials("id", Secret);
        var cold = new SessionCredentials("id", Secret);
        new PlainRequest().Sign(warm);

        warm.Dispose();
        warm.Dispose();
        cold.Dispose();

        Assert.Throws<ObjectDisposedException>(() => new PlainRequest().Sign(warm));
        Assert.Throws<ObjectDisposedException>(() => new PlainRequest { Instant = Midnight }.Sign(warm));
        Assert.Throws<ObjectDisposedException>(() => new PlainRequest().Sign(cold));
    }

    [Fact]
    public async Task Sign_WhileBeingDisposed_IsRightOrThrows()
    {
        var request = new PlainRequest { Secret = Secret };
        var expected = request.Sign();

        for (var round = 0; round < 300; round++)
        {
            var credentials = new SessionCredentials(PlainRequest.SuiteKeyId, Secret);
            using var signedOnce = new ManualResetEventSlim();
            var signing = Task.Factory.StartNew(
                SignForever, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

            signedOnce.Wait(TestContext.Current.CancellationToken);
            credentials.Dispose();

            await Assert.ThrowsAsync<ObjectDisposedException>(() => signing);

            void SignForever()
            {
                while (true)
                {
                    Assert.Equal(expected, request.Sign(credentials));
                    signedOnce.Set();
                }
            }
        }
    }

    [Fact]
    public void Text_ShowsNeitherSecretNorToken()
    {
        var credentials = new SessionCredentials("id", Secret, Token, Midnight);
        var request = new PlainRequest { Settings = new() };
        var signature = request.Sign(credentials);
        credentials.Dispose();

        var texts = new[]
        {
            credentials.ToString(),
            signature.ToString(),
            new RequestHeader("x-amz-security-token", Token).ToString(),
            new SigningTrace().ToString()!,
            Record.Exception(() => request.Sign(credentials))!.ToString(),
            Record.Exception(() => (request with { Path = "/%" }).Sign(new SessionCredentials("id", Secret, Token)))!.ToString(),
            Record.Exception(() => (request with { Headers = [new("host", Token)] }).Sign(new SessionCredentials("id", Secret, Token)))!.ToString(),
            Record.Exception(() => (request with { Headers = [new("a", Token + "\n")] }).Sign(new SessionCredentials("id", Secret, Token)))!.ToString(),
            Record.Exception(() => new SessionCredentials(" ", Secret, Token))!.ToString(),
        };

        Assert.All(texts, text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain(Token, text, StringComparison.Ordinal));
        Assert.DoesNotContain(signature.Authorization, signature.ToString(), StringComparison.Ordinal);
        Assert.Contains("id", credentials.ToString(), StringComparison.Ordinal);
    }
}
