using SigningProxy.Catalog;
using SigningProxy.Sessions;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Sessions;

/// <summary>The patience around the sources: retries, limits and breakers, on a clock that only the test moves.</summary>
public sealed class SessionSourcesTests : IAsyncLifetime
{
    // So far off that driving the clock through a delay never runs into it.
    private readonly SessionsOptions _options = new() { FetchTimeout = TimeSpan.FromHours(1) };
    private readonly SessionRoom _room;
    private readonly Principal _reader = Example.Principal();
    private readonly Principal _writer = Example.Principal("Writer");
    private ScriptedSts _sts = null!;
    private ExternalCredential _table = null!;

    public SessionSourcesTests() => _room = new SessionRoom(_options);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sts = await ScriptedSts.StartAsync();
        _table = _sts.ExternalCredential(_reader, _writer);
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _sts.DisposeAsync();
    }

    [Fact]
    public async Task Fetch_WhenTheFailureMayPass_TriesTwiceMoreAndTellsOfTheSession()
    {
        _sts.Answer = context => _sts.Calls < 3
            ? ScriptedSts.RefuseAsync(context, 503, "ServiceUnavailable")
            : ScriptedSts.GiveAsync(context, "0001", _room.Time.GetUtcNow().AddHours(1));

        using var got = await FetchAsync(_reader);

        Assert.Equal("ASIAEXAMPLE0001", got.AccessKeyId);
        Assert.Equal(3, _sts.Calls);
        Assert.Equal(
            ["6000 Information: Obtained a session for Table-Reader: key ASIA****0001, until 2026-01-01 01:00:00Z; reason Due."],
            _room.Lines.Of(6000).Select(line => line.Replace(got.Expiration!.Value.ToString("u"), "2026-01-01 01:00:00Z", StringComparison.Ordinal)));
        Assert.Empty(_room.Lines.Of(6001));
        AssertNoSecretIsTold();
    }

    [Fact]
    public async Task Fetch_WhenTheFailureDoesNotPass_GivesUpAfterThreeAttempts()
    {
        var fault = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(_reader));

        Assert.Equal(3, _sts.Calls);
        Assert.Equal("ServiceUnavailable", fault.Code);
        Assert.Equal(
            [$"6001 Warning: Obtained no session for Table-Reader (reason Due): STS at {_sts.Address} refused with 503 ServiceUnavailable: No ServiceUnavailable."],
            _room.Lines.Of(6001));
        AssertNoSecretIsTold();
    }

    [Theory]
    [InlineData(403, "AccessDenied")]
    [InlineData(403, "InvalidClientTokenId")]
    [InlineData(400, "ValidationError")]
    public async Task Fetch_WhenAnotherAttemptWouldNotHelp_MakesOne(int status, string code)
    {
        _sts.Answer = context => ScriptedSts.RefuseAsync(context, status, code);

        var fault = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(_reader));

        Assert.Equal(1, _sts.Calls);
        Assert.Equal((code, false), (fault.Code, fault.IsTransient));
        Assert.StartsWith($"STS at {_sts.Address} refused with {status} {code}: No {code}.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "Throttling")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(500, "InternalFailure")]
    public async Task Fetch_WhenStsIsBusy_TriesAgain(int status, string code)
    {
        _sts.Answer = context => ScriptedSts.RefuseAsync(context, status, code);

        await Assert.ThrowsAsync<SessionException>(() => FetchAsync(_reader));

        Assert.Equal(3, _sts.Calls);
    }

    [Fact]
    public async Task Fetch_WhenAnAttemptIsSilent_EndsItAtItsLimitAndTriesAgain()
    {
        _options.FetchTimeout = TimeSpan.FromSeconds(5);
        var begun = _room.Time.GetUtcNow();
        var silent = new TaskCompletionSource();
        _sts.Answer = context => silent.Task.WaitAsync(context.RequestAborted);

        var fault = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(_reader));
        silent.SetResult();

        Assert.Equal("It did not answer within 00:00:05.", fault.Message);
        Assert.True(fault.IsTransient);
        Assert.InRange(_room.Time.GetUtcNow() - begun, TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1));
        Assert.Single(_room.Lines.Of(6001));
    }

    [Fact]
    public async Task Fetch_WhenTheOneWhoAskedIsGone_EndsAtOnceAndTellsNothing()
    {
        using var end = new CancellationTokenSource();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sts.Answer = context =>
        {
            reached.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        var fetching = Sources.FetchOf(_table, _reader)(RefreshReason.Due, end.Token);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        Assert.Empty(_room.Lines.Of(6001));
    }

    [Fact]
    public async Task Breaker_WhenItFailsAgainAndAgain_LeavesItAloneForOneStepAndNoLonger()
    {
        var fault = await OpenAsync();
        var calls = _sts.Calls;
        Assert.Equal($"It failed too often just now, and is left alone for a moment. STS at {_sts.Address} refused with 503 ServiceUnavailable: No ServiceUnavailable.", fault.Message);

        await Assert.ThrowsAsync<SessionException>(() => Sources.FetchOf(_table, _writer)(RefreshReason.Due, Cancellation));
        Assert.Equal(calls, _sts.Calls);

        _sts.Answer = context => ScriptedSts.GiveAsync(context, "0001", _room.Time.GetUtcNow().AddHours(1));
        _room.Time.Advance(_options.BackoffStep);
        using var got = await Sources.FetchOf(_table, _reader)(RefreshReason.Due, Cancellation);
        Assert.Equal(calls + 1, _sts.Calls);
    }

    [Fact]
    public async Task Breaker_OfOneExternalCredential_LeavesAnotherAlone()
    {
        await OpenAsync();
        _sts.Answer = context => ScriptedSts.GiveAsync(context, "0001", _room.Time.GetUtcNow().AddHours(1));

        using var got = await Sources.FetchOf(_table with { Name = "Other" }, _reader)(RefreshReason.Due, Cancellation);

        Assert.Equal("ASIAEXAMPLE0001", got.AccessKeyId);
    }

    [Fact]
    public async Task Breaker_WhenOneRoleIsDeniedAgainAndAgain_LeavesTheOthersBe()
    {
        _sts.Answer = context => ScriptedSts.RefuseAsync(context, 403, "AccessDenied");
        for (var i = 0; i < 30; i++)
            await Assert.ThrowsAsync<SessionException>(() => FetchAsync(_reader));
        _sts.Answer = context => ScriptedSts.GiveAsync(context, "0001", _room.Time.GetUtcNow().AddHours(1));

        using var got = await FetchAsync(_writer);

        Assert.Equal(31, _sts.Calls);
    }

    [Fact]
    public async Task Forget_WhenTheExternalCredentialIsGone_ForgetsItsBreaker()
    {
        await OpenAsync();
        Sources.Forget(_room.Publish(_table));
        await Assert.ThrowsAsync<SessionException>(() => FetchAsync(_reader));
        _sts.Answer = context => ScriptedSts.GiveAsync(context, "0001", _room.Time.GetUtcNow().AddHours(1));

        Sources.Forget(_room.Publish());

        using var got = await Sources.FetchOf(_table, _reader)(RefreshReason.Due, Cancellation);
        Assert.Equal("ASIAEXAMPLE0001", got.AccessKeyId);
    }

    [Fact]
    public async Task Fetch_WhenItFailsAsNobodyForesaw_TellsTheKindOfFailureAlone()
    {
        var bare = Example.ExternalCredential() with { Variant = CredentialVariant.RolesAnywhere, RolesAnywhere = new() };

        var fault = await Assert.ThrowsAsync<SessionException>(() => Sources.FetchOf(bare, _reader)(RefreshReason.First, Cancellation));

        Assert.Equal(("InvalidOperationException", false), (fault.Message, fault.IsTransient));
        Assert.Equal(["6001 Warning: Obtained no session for Table-Reader (reason First): InvalidOperationException"], _room.Lines.Of(6001));
    }

    private SessionSources Sources => _room.Get<SessionSources>();

    private Task<SessionCredentials> FetchAsync(Principal principal) =>
        _room.DriveAsync(Sources.FetchOf(_table, principal)(RefreshReason.Due, Cancellation));

    private async Task<SessionException> OpenAsync()
    {
        while (true)
        {
            var fault = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(_reader));
            if (fault.Code is null)
                return fault;
            Assert.InRange(_sts.Calls, 1, 30);
        }
    }

    private void AssertNoSecretIsTold() => Assert.All(_room.Lines.All, line =>
    {
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
        Assert.DoesNotContain("token-0001", line, StringComparison.Ordinal);
    });
}
