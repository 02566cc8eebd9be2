using SigningProxy.Destinations;

namespace SigningProxy.Tests.Destinations;

public sealed class DestinationOptionsTests
{
    [Fact]
    public void Defaults_AreThese()
    {
        var options = new DestinationOptions();

        Assert.Equal(TimeSpan.FromSeconds(10), options.ConnectTimeout);
        Assert.Equal(TimeSpan.FromSeconds(100), options.ActivityTimeout);
        Assert.Equal(TimeSpan.FromMinutes(2), options.PooledConnectionLifetime);
        Assert.Equal(TimeSpan.FromMinutes(1), options.PooledConnectionIdleTimeout);
        Assert.Empty(options.Faults());
    }

    [Theory]
    [InlineData("-00:00:01", false)]
    [InlineData("00:00:00", false)]
    [InlineData("00:00:00.001", true)]
    [InlineData("1.00:00:00", true)]
    [InlineData("1.00:00:00.001", false)]
    public void Durations_AreOfADayAtMost(string duration, bool good) =>
        Assert.Equal(good, !new DestinationOptions { ConnectTimeout = TimeSpan.Parse(duration, System.Globalization.CultureInfo.InvariantCulture) }.Faults().Any());
}
