using System.Text.Json;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Audit;

/// <summary>The access log tells on what a call has waited: each wait is made long, and found where it belongs.</summary>
public sealed class CallTimesTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(400);
    private static readonly Launch ToStandardOutput = new() { Environment = new Dictionary<string, string> { ["SigningProxy__AccessLog__File"] = "stdout" } };

    [Fact]
    public async Task Session_IsTheWaitForOne()
    {
        await using var stage = await StartAsync();
        stage.Aws.Delay(LocalTarget.Sts, Long);

        (await stage.GetAsync("/One/first")).AssertPlain();
        (await stage.GetAsync("/One/second")).AssertPlain();

        await AssertLongAsync(stage.Proxy, "/first", "sessionMs", "destinationMs");
        await AssertLongAsync(stage.Proxy, "/second", null, "destinationMs");
    }

    [Fact]
    public async Task Destination_IsTheWaitForItsAnswer()
    {
        await using var stage = await StartAsync();
        (await stage.GetAsync("/One/first")).AssertPlain();
        stage.Aws.Delay(LocalTarget.Destinations, Long);

        (await stage.GetAsync("/One/slow")).AssertPlain();

        await AssertLongAsync(stage.Proxy, "/slow", "destinationMs");
    }

    [Fact]
    public async Task Body_IsTheReadingOfOneThatIsHeld()
    {
        await using var stage = await StartAsync();
        (await stage.GetAsync("/One/first")).AssertPlain();

        // The first half is sent once the proxy reads, however late that is.
        var put = new HttpRequestMessage(HttpMethod.Put, "/One/slow") { Content = new SlowContent(Long), Headers = { ExpectContinue = true } };
        (await stage.SendAsync(put)).AssertPlain();

        await AssertLongAsync(stage.Proxy, "/slow", "bodyMs", "destinationMs");
    }

    [Fact]
    public async Task Refusals_HaveNoneButTheWhole()
    {
        await using var stage = await StartAsync();

        Assert.Equal(403, (await stage.GetAsync("/Absent/refused")).Status);

        await AssertLongAsync(stage.Proxy, "/refused", null);
    }

    private static Task<SessionStage> StartAsync() => SessionStage.StartAsync(
        SessionStage.Believing(), aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws)), ToStandardOutput, SessionStage.CallsAlone);

    /// <summary>Asserts that a call's line has these times and no others, that one of them is the long one, and that together they are within the whole.</summary>
    private static async Task AssertLongAsync(ProxyProcess proxy, string path, string? @long, params string[] others)
    {
        var mark = $"\"path\":\"{path}\"";
        await proxy.WritesAsync(mark);
        using var line = JsonDocument.Parse(proxy.Log.Split('\n').Single(l => l.Contains(mark, StringComparison.Ordinal)));
        var times = line.RootElement.EnumerateObject().Where(p => p.Name.EndsWith("Ms", StringComparison.Ordinal)).ToDictionary(p => p.Name, p => p.Value.GetDouble());

        string[] expected = ["durationMs", .. @long is null ? (string[])[] : [@long], .. others];
        Assert.Equal(expected.Order(StringComparer.Ordinal), times.Keys.Order(StringComparer.Ordinal));
        Assert.True(times.Values.Sum() <= 2 * times["durationMs"], string.Join(", ", times));
        // Timers of two processes differ by some milliseconds.
        if (@long is not null)
            Assert.InRange(times[@long], Long.TotalMilliseconds - 50, times["durationMs"]);
        Assert.All(others, o => Assert.InRange(times[o], 0.001, times["durationMs"]));
    }

    /// <summary>A body whose second half comes late.</summary>
    private sealed class SlowContent(TimeSpan pause) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync("half"u8.ToArray());
            await stream.FlushAsync();
            await Task.Delay(pause);
            await stream.WriteAsync("half"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 8;
            return true;
        }
    }
}
