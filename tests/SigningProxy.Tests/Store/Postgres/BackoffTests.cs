using Microsoft.Extensions.Time.Testing;
using SigningProxy.Store.Postgres;

namespace SigningProxy.Tests.Store.Postgres;

public sealed class BackoffTests
{
    [Fact]
    public void Wait_DoublesUpToTwoSeconds_AndIsOverAfterASuccess()
    {
        var time = new FakeTimeProvider();
        var backoff = new Backoff(time);
        Assert.False(backoff.IsEarly);
        foreach (var milliseconds in (int[])[250, 500, 1000, 2000, 2000])
        {
            backoff.Failed();
            Assert.Equal(milliseconds, backoff.Wait.TotalMilliseconds);
            time.Advance(backoff.Wait - TimeSpan.FromMilliseconds(1));
            Assert.True(backoff.IsEarly);
            time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.False(backoff.IsEarly);
        }
        backoff.Failed();
        backoff.Succeeded();
        Assert.False(backoff.IsEarly);
        backoff.Failed();
        Assert.Equal(250, backoff.Wait.TotalMilliseconds);
    }
}
