using Microsoft.Extensions.Time.Testing;
using SigningProxy.Setup.Live;
using SigningProxy.Setup.Pages.Home;

namespace SigningProxy.Tests.Setup.Pages.Home;

public sealed class CallChartTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CallTally _tally;

    public CallChartTests() => _tally = new CallTally(_time);

    [Fact]
    public void Chart_DrawsABarForEverySecondThatWasCalled_TheNewestAtTheRight()
    {
        for (var i = 0; i < 4; i++)
            _tally.Add("Orders", TimeSpan.FromMilliseconds(20), isRefused: i == 3);
        _time.Advance(TimeSpan.FromSeconds(1));
        _tally.Add("Orders", TimeSpan.FromMilliseconds(40), isRefused: false);

        var chart = Draw();
        Assert.Equal("M174 32v-32h2V32zM177 32v-8h2V32z", chart.Bars);
        Assert.Equal("M174 32v-8h2V32z", chart.RefusedBars);
        Assert.Equal("M175 16L178 1h1", chart.Line);
        Assert.Equal(("5 calls, 1 refused", "25 ms on average, 40 ms at most"), (chart.CallWords, chart.TimeWords));
    }

    [Fact]
    public void Chart_OfRefusalsAlone_HasNoLine()
    {
        _tally.Add("Orders", TimeSpan.FromMilliseconds(20), isRefused: true);

        var chart = Draw();
        Assert.Equal(("", "1 call, 1 refused", "none answered"), (chart.Line, chart.CallWords, chart.TimeWords));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Chart_OfManyCalls_StaysWithinItsHeight(int calls)
    {
        for (var i = 0; i < calls; i++)
            _tally.Add("Orders", TimeSpan.FromTicks(i), isRefused: false);

        Assert.Equal("M177 32v-32h2V32z", Draw().Bars);
    }

    private CallChart Draw() => new(Assert.Single(_tally.Read()), null);
}
