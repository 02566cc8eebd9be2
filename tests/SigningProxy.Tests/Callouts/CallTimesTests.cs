using Microsoft.Extensions.Time.Testing;
using SigningProxy.Callouts;

namespace SigningProxy.Tests.Callouts;

public sealed class CallTimesTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Of_WhenAStepHasEnded_IsHowLongItTook()
    {
        var times = new CallTimes(_time);
        times.Begin(CallStep.Body);
        _time.Advance(TimeSpan.FromMilliseconds(5));
        times.End(CallStep.Body);
        _time.Advance(TimeSpan.FromMilliseconds(7));

        Assert.Equal(TimeSpan.FromMilliseconds(5), times.Of(CallStep.Body));
        Assert.Null(times.Of(CallStep.Session));
    }

    [Fact]
    public void Of_WhenAStepDoesNotEnd_IsHowLongItHasTaken()
    {
        var times = new CallTimes(_time);
        times.Begin(CallStep.Destination);
        _time.Advance(TimeSpan.FromMilliseconds(7));

        Assert.Equal(TimeSpan.FromMilliseconds(7), times.Of(CallStep.Destination));
    }
}
