using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Setup.Live;

namespace SigningProxy.Tests.Setup.Live;

public sealed class CallTallyTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CallTally _tally;

    public CallTallyTests() => _tally = new CallTally(_time);

    [Fact]
    public void Calls_OfOneSecond_AreCountedInIt()
    {
        _tally.Add("Orders", TimeSpan.FromMilliseconds(10), isRefused: false);
        _tally.Add("Orders", TimeSpan.FromMilliseconds(30), isRefused: false);
        _tally.Add("Orders", TimeSpan.FromMilliseconds(900), isRefused: true);
        _time.Advance(TimeSpan.FromSeconds(2));
        _tally.Add("Orders", TimeSpan.FromMilliseconds(5), isRefused: false);

        var series = Assert.Single(_tally.Read());
        Assert.Equal(CallTally.Seconds, series.Seconds.Count);
        Assert.Equal(["3/1", "0/0", "1/0"], series.Seconds.TakeLast(3).Select(Words));
        // How long a refusal took says nothing of the destination.
        Assert.Equal((TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(30)), (series.Seconds[^3].Mean!.Value, series.Seconds[^3].Slowest));
        Assert.Equal(("4/1", TimeSpan.FromMilliseconds(15), TimeSpan.FromMilliseconds(30)), (Words(series.Whole), series.Whole.Mean!.Value, series.Whole.Slowest));
    }

    [Fact]
    public void Calls_AMinuteAgo_AreForgotten()
    {
        _tally.Add("Orders", TimeSpan.FromMilliseconds(10), isRefused: false);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("1/0", Words(Assert.Single(_tally.Read()).Seconds[0]));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_tally.Read());

        // The place of a second that is over is that of another by now.
        _tally.Add("Orders", TimeSpan.FromMilliseconds(10), isRefused: true);
        Assert.Equal("1/1", Words(Assert.Single(_tally.Read()).Whole));
    }

    [Fact]
    public void NamedCredentials_BeyondTheMost_WaitUntilOthersAreIdle()
    {
        for (var i = 0; i < CallTally.Most; i++)
            _tally.Add(string.Create(CultureInfo.InvariantCulture, $"N{i}"), TimeSpan.Zero, isRefused: false);
        _tally.Add("More", TimeSpan.Zero, isRefused: false);
        Assert.Equal(CallTally.Most, _tally.Read().Count);
        Assert.DoesNotContain(_tally.Read(), s => s.NamedCredential == "More");

        _time.Advance(TimeSpan.FromMinutes(2));
        _tally.Add("More", TimeSpan.Zero, isRefused: false);
        Assert.Equal("More", Assert.Single(_tally.Read()).NamedCredential);
    }

    [Fact]
    public void NamedCredentials_AreReadByHowOftenTheyAreCalled()
    {
        _tally.Add("Seldom", TimeSpan.Zero, isRefused: false);
        _tally.Add("Often", TimeSpan.Zero, isRefused: false);
        _tally.Add("Often", TimeSpan.Zero, isRefused: true);

        Assert.Equal(["Often", "Seldom"], _tally.Read().Select(s => s.NamedCredential));
    }

    [Fact]
    public async Task Calls_ThatEndAtOnce_AreAllCounted()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++)
                _tally.Add("Orders", TimeSpan.FromTicks(1), isRefused: i % 2 == 0);
        })));

        Assert.Equal("4000/2000", Words(Assert.Single(_tally.Read()).Whole));
    }

    private static string Words(CallSecond second) => string.Create(CultureInfo.InvariantCulture, $"{second.Calls}/{second.Refused}");
}
