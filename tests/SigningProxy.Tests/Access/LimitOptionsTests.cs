using SigningProxy.Access;

namespace SigningProxy.Tests.Access;

public sealed class LimitOptionsTests
{
    [Fact]
    public void Defaults_LimitNothing()
    {
        var options = new LimitOptions();

        Assert.Equal((0, 0, 0L, false), (options.RequestsPerSecond, options.ConcurrentRequests, options.BytesInFlight, options.IsOn));
        Assert.Empty(options.Faults());
    }

    [Fact]
    public void IsOn_WhenAnyIsSet()
    {
        Assert.True(new LimitOptions { RequestsPerSecond = 1 }.IsOn);
        Assert.True(new LimitOptions { ConcurrentRequests = 1 }.IsOn);
        Assert.True(new LimitOptions { BytesInFlight = 1 }.IsOn);
    }

    [Fact]
    public void Faults_WhenOneIsNegative_SayWhich() => Assert.Equal(
        [
            "SigningProxy:Limits:RequestsPerSecond: -1 is less than 0. Write 0 for no limit.",
            "SigningProxy:Limits:ConcurrentRequests: -2 is less than 0. Write 0 for no limit.",
            "SigningProxy:Limits:BytesInFlight: -3 is less than 0. Write 0 for no limit.",
        ],
        new LimitOptions { RequestsPerSecond = -1, ConcurrentRequests = -2, BytesInFlight = -3 }.Faults());
}
