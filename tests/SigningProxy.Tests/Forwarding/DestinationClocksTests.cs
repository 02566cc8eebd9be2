using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Destinations;
using SigningProxy.Forwarding;

namespace SigningProxy.Tests.Forwarding;

public sealed class DestinationClocksTests : IDisposable
{
    private static readonly Destination Destination = At("https://dynamodb.eu-west-1.amazonaws.com/a?b");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly DestinationClocks _clocks;

    public DestinationClocksTests() => _clocks = new DestinationClocks(_time, NullLogger<DestinationClocks>.Instance);

    public void Dispose() => _clocks.Dispose();

    [Fact]
    public void Now_WhenNothingWasLearned_IsOurs() => Assert.Equal(_time.GetUtcNow(), _clocks.Now(Destination));

    [Theory]
    [InlineData(240, true)]
    [InlineData(-240, true)]
    [InlineData(239, false)]
    [InlineData(-239, false)]
    [InlineData(0, false)]
    [InlineData(24 * 3600, true)]
    [InlineData(-24 * 3600, true)]
    [InlineData((24 * 3600) + 1, false)]
    [InlineData((-24 * 3600) - 1, false)]
    public void Correct_WhenFarFromOursAndWithinADay_IsBelieved(int seconds, bool believed)
    {
        Assert.Equal(believed, _clocks.Correct(Destination, _time.GetUtcNow().AddSeconds(seconds)));

        Assert.Equal(_time.GetUtcNow().AddSeconds(believed ? seconds : 0), _clocks.Now(Destination));
    }

    [Theory]
    [InlineData("https://example.com/", true)]
    [InlineData("http://127.0.0.1:8080/", true)]
    [InlineData("http://[::1]:8080/", true)]
    [InlineData("http://localhost/", true)]
    [InlineData("http://example.com/", false)]
    [InlineData("http://10.0.0.1/", false)]
    public void Correct_WhenTheAnswerMayBeForged_IsNotBelieved(string destination, bool believed) =>
        Assert.Equal(believed, _clocks.Correct(At(destination), _time.GetUtcNow().AddHours(1)));

    [Fact]
    public void Correct_WithoutADate_ChangesNothing() => Assert.False(_clocks.Correct(Destination, null));

    [Fact]
    public void Correct_GoesByOriginAndWithTime()
    {
        _clocks.Correct(Destination, _time.GetUtcNow().AddHours(1));
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(_time.GetUtcNow().AddHours(1), _clocks.Now(At("https://dynamodb.eu-west-1.amazonaws.com/other")));
        Assert.Equal(_time.GetUtcNow(), _clocks.Now(At("https://dynamodb.eu-west-2.amazonaws.com/a")));
        Assert.Equal(_time.GetUtcNow(), _clocks.Now(At("https://dynamodb.eu-west-1.amazonaws.com:8443/a")));
    }

    [Fact]
    public void Correct_WhenTheCorrectedTimeIsRefusedWithTheSameDate_ChangesNothing()
    {
        var theirs = _time.GetUtcNow().AddHours(1);
        Assert.True(_clocks.Correct(Destination, theirs));

        Assert.False(_clocks.Correct(Destination, theirs));
    }

    [Fact]
    public void Correct_WhenOurClockIsRightAgain_GoesBack()
    {
        _clocks.Correct(Destination, _time.GetUtcNow().AddHours(1));

        Assert.True(_clocks.Correct(Destination, _time.GetUtcNow()));

        Assert.Equal(_time.GetUtcNow(), _clocks.Now(Destination));
    }

    private static Destination At(string url) => new(new Uri(url));
}
