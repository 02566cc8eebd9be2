using SigningProxy.Bodies;

namespace SigningProxy.Tests.Bodies;

public sealed class BodyOptionsTests
{
    [Fact]
    public void Defaults_AreThese()
    {
        var options = new BodyOptions();

        Assert.Equal(1_048_576, options.MemoryLimitBytes);
        Assert.Equal(268_435_456, options.SpoolLimitBytes);
        Assert.Equal(134_217_728, options.TotalMemoryBytes);
        Assert.Equal(2_147_483_648, options.TotalSpoolBytes);
        Assert.Equal(Path.GetTempPath(), options.SpoolFolder);
        Assert.Empty(options.Faults());
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1 << 20, true)]
    [InlineData((1 << 30) + 1, false)]
    public void MemoryLimit_IsWithinAnArray(long bytes, bool good) => Assert.Equal(
        good, !new BodyOptions { MemoryLimitBytes = bytes, SpoolLimitBytes = long.MaxValue, TotalMemoryBytes = long.MaxValue, TotalSpoolBytes = long.MaxValue }.Faults().Any());

    [Fact]
    public void Limits_WhenOneBodyWouldNotFitIntoTheTotal_AreAFault()
    {
        Assert.Single(new BodyOptions { SpoolLimitBytes = (1 << 20) - 1 }.Faults());
        Assert.Single(new BodyOptions { TotalMemoryBytes = (1 << 20) - 1 }.Faults());
        Assert.Single(new BodyOptions { TotalSpoolBytes = (256 << 20) - 1 }.Faults());
    }
}
