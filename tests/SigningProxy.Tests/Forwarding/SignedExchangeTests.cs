using System.Collections.Frozen;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Destinations;
using SigningProxy.Forwarding;
using SigningProxy.Sessions;
using SigningProxy.SigV4;
using SigningProxy.Tests.Catalog;
using SigningProxy.Tests.Sessions;

namespace SigningProxy.Tests.Forwarding;

/// <summary>Whatever becomes of a replay, of all answers only the one that is given stays open: the request of any other may still be reading the body.</summary>
public sealed class SignedExchangeTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly DestinationClocks _clocks;
    private readonly Session _session;
    private int _fetched;

    public SignedExchangeTests()
    {
        _clocks = new DestinationClocks(_time, NullLogger<DestinationClocks>.Instance);
        _session = new Session(Example.ExternalCredential(), Example.Principal(), FetchAsync, new SessionsOptions(), _time);
    }

    public void Dispose()
    {
        _session.Dispose();
        _clocks.Dispose();
    }

    [Fact]
    public async Task Second_IsGiven_AndTheFirstIsEnded()
    {
        var (first, second) = (new KnownAnswer(401), new KnownAnswer(200));

        Assert.Same(second, await SendAsync(() => first, () => second));

        Assert.Equal((1, 0), (first.Ended, second.Ended));
    }

    [Fact]
    public async Task First_IsGivenWhereTheSecondGetsNoAnswer()
    {
        var first = new KnownAnswer(401);

        Assert.Same(first, await SendAsync(() => first, () => throw new IOException()));

        Assert.Equal(0, first.Ended);
    }

    [Theory]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(TimeoutException))]
    public async Task Both_AreEnded_WhereTheCallIs(Type ended)
    {
        Exception Make() => (Exception)Activator.CreateInstance(ended)!;
        var (first, second) = (new KnownAnswer(401), new KnownAnswer(403, Make()));

        Assert.IsType(ended, await Record.ExceptionAsync(() => SendAsync(() => first, () => throw Make()).AsTask()));
        Assert.Equal(1, first.Ended);

        first = new KnownAnswer(401);
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.IsType(ended, await Record.ExceptionAsync(() => SendAsync(() => first, () => second).AsTask()));
        Assert.Equal((1, 1), (first.Ended, second.Ended));
    }

    [Fact]
    public async Task First_IsEnded_WhereItCannotBeLookedInto()
    {
        var first = new KnownAnswer(403, new OperationCanceledException());

        await Assert.ThrowsAsync<OperationCanceledException>(() => SendAsync(() => first).AsTask());

        Assert.Equal(1, first.Ended);
    }

    private ValueTask<IAnswer> SendAsync(params Func<IAnswer>[] answers)
    {
        var external = Example.ExternalCredential();
        var intent = new SigningIntent
        {
            Signature = IntendedSignature.Generated,
            NamedCredential = Declared.NamedCredential("Orders", external),
            Session = _session,
            Destination = new Destination(new Uri("https://api.example.com/")),
            Request = new OutboundRequest { Method = "GET", Path = "/", Query = "", Host = "api.example.com" },
            Body = null,
            CustomHeaders = FrozenSet<string>.Empty,
        };
        return new SignedExchange(_clocks, Options.Create(new SessionsOptions()), NullLogger<SignedExchange>.Instance)
            .SendAsync(intent, new KnownWire(new Queue<Func<IAnswer>>(answers)), TestContext.Current.CancellationToken);
    }

    private Task<SessionCredentials> FetchAsync(RefreshReason reason, CancellationToken cancellation) => Task.FromResult(
        new SessionCredentials($"ASIAEXAMPLE00000{++_fetched:D4}", "not shown", "token", _time.GetUtcNow().AddHours(1)));

    private sealed class KnownWire(Queue<Func<IAnswer>> answers) : IWire
    {
        public ValueTask<IAnswer> SendAsync(OutboundRequest request, CancellationToken cancellation)
        {
            Assert.Contains(request.Headers, h => h.Name == "Authorization");
            return new(answers.Dequeue()());
        }
    }

    /// <param name="status">The status.</param>
    /// <param name="broken">What looking into it ends in.</param>
    private sealed class KnownAnswer(int status, Exception? broken = null) : IAnswer
    {
        public int Status => status;

        public long? ContentLength => null;

        public int Ended { get; private set; }

        public string? Header(string name) => null;

        public ValueTask<ReadOnlyMemory<byte>> BeginningAsync(int most, CancellationToken cancellation) =>
            broken is null ? new(ReadOnlyMemory<byte>.Empty) : ValueTask.FromException<ReadOnlyMemory<byte>>(broken);

        public ValueTask DisposeAsync()
        {
            Ended++;
            return default;
        }
    }
}
