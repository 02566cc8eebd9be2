using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Catalog.Validation;

namespace SigningProxy.Tests.Catalog.Validation;

public sealed class DurationLimitTests
{
    private const string OwnEndpoint = "https://sts.example.com";

    [Theory]
    [InlineData(900, null, null, null)]
    [InlineData(900, 900, null, null)]
    [InlineData(900, 43200, null, null)]
    [InlineData(900, 899, null, "durationSeconds must be 900 to 43200. Write durationSeconds: 3600 for one hour.")]
    [InlineData(900, 43201, null, "durationSeconds must be 900 to 43200. Write durationSeconds: 3600 for one hour.")]
    [InlineData(900, 899, OwnEndpoint, "durationSeconds must be 900 to 43200. Write durationSeconds: 3600 for one hour.")]
    [InlineData(2, 899, null, "durationSeconds must be 900 to 43200. Write durationSeconds: 3600 for one hour.")]
    [InlineData(2, 1, OwnEndpoint, "durationSeconds must be 2 to 43200. Write durationSeconds: 3600 for one hour.")]
    [InlineData(2, 43201, OwnEndpoint, "durationSeconds must be 2 to 43200. Write durationSeconds: 3600 for one hour.")]
    [InlineData(2, 900, OwnEndpoint, null)]
    public void Judge_OutOfItsBounds_IsAnError(int minimum, int? seconds, string? endpoint, string? error)
    {
        var faults = Judge(minimum, seconds, endpoint);

        Assert.Equal(error, faults.Of(FaultSeverity.Error).SingleOrDefault()?.Text);
        Assert.Empty(faults.Of(FaultSeverity.Warning));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(899)]
    public void Judge_BelowWhatAwsTakesAtAnotherEndpoint_Warns(int seconds)
    {
        var faults = Judge(2, seconds, OwnEndpoint);

        Assert.False(faults.HasErrors);
        Assert.Equal("durationSeconds is below 900, which AWS refuses. Keep it for stand-ins of AWS.", Assert.Single(faults.Of(FaultSeverity.Warning)).Text);
    }

    [Fact]
    public void OfAws_IsAsAtAws() => Assert.Equal((900, 3600), (DurationLimit.OfAws.MinimumSeconds, DurationLimit.ChainedMaximumSeconds));

    private static FaultList Judge(int minimum, int? seconds, string? endpoint)
    {
        var faults = new FaultList();
        new DurationLimit(minimum).Judge(seconds, endpoint, Origin.Of(""), faults);
        return faults;
    }
}
