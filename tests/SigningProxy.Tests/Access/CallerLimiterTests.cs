using SigningProxy.Access;
using SigningProxy.Callouts;

namespace SigningProxy.Tests.Access;

public sealed class CallerLimiterTests
{
    [Fact]
    public void TryBegin_WhenSoManyAreUnderWay_SaysWhenToComeAgain()
    {
        using var limiter = new CallerLimiter(new LimitOptions { ConcurrentRequests = 2 });

        Assert.Null(limiter.TryBegin(0));
        Assert.Null(limiter.TryBegin(0));
        Assert.NotNull(limiter.TryBegin(0));
        limiter.End(0);
        Assert.Null(limiter.TryBegin(0));
    }

    [Fact]
    public void TryBegin_WhenTheBodiesUnderWayAreTooLarge_SaysWhenToComeAgain()
    {
        using var limiter = new CallerLimiter(new LimitOptions { BytesInFlight = 100 });

        Assert.Null(limiter.TryBegin(60));
        Assert.Null(limiter.TryBegin(40));
        Assert.NotNull(limiter.TryBegin(1));
        limiter.End(60);
        Assert.Null(limiter.TryBegin(1));
    }

    [Fact]
    public void TryBegin_WhenOneBodyIsAboveTheLimit_LetsItPassAlone()
    {
        using var limiter = new CallerLimiter(new LimitOptions { BytesInFlight = 100 });

        Assert.Null(limiter.TryBegin(1000));
        Assert.NotNull(limiter.TryBegin(1));
    }

    [Fact]
    public void TryBegin_WhenTheRateIsUsedUp_SaysWhenToComeAgain()
    {
        using var limiter = new CallerLimiter(new LimitOptions { RequestsPerSecond = 3 });
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(limiter.TryBegin(0));
            limiter.End(0);
        }

        Assert.InRange(limiter.TryBegin(0)!.Value.RetryAfter, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void TryBegin_WhenABodyIsAsLargeAsCanBe_DoesNotLoseCount()
    {
        using var limiter = new CallerLimiter(new LimitOptions { BytesInFlight = 100 });

        Assert.Null(limiter.TryBegin(60));
        Assert.NotNull(limiter.TryBegin(long.MaxValue));
        limiter.End(60);
        Assert.Null(limiter.TryBegin(long.MaxValue));
        Assert.NotNull(limiter.TryBegin(1));
    }

    [Fact]
    public void TryBegin_WhenSomethingIsTooMuch_SaysWhatItIs()
    {
        Assert.Equal(RefusalReason.ConcurrentRequests, Second(new LimitOptions { ConcurrentRequests = 1 }));
        Assert.Equal(RefusalReason.BytesInFlight, Second(new LimitOptions { BytesInFlight = 15 }));
        Assert.Equal(RefusalReason.RequestsPerSecond, Second(new LimitOptions { RequestsPerSecond = 1 }));

        static RefusalReason? Second(LimitOptions limits)
        {
            using var limiter = new CallerLimiter(limits);
            Assert.Null(limiter.TryBegin(10));
            return limiter.TryBegin(10)?.Reason;
        }
    }
}
