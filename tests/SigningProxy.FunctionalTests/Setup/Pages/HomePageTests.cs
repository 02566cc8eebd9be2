using System.Net;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>What the home page tells, at once and as it goes on.</summary>
public sealed class HomePageTests(WorkingPages pages) : IClassFixture<WorkingPages>
{
    [Fact]
    public async Task Home_TellsWhatWorks_WhatIsCalled_AndWhatWasRefusedAndWhy()
    {
        Assert.Equal(HttpStatusCode.OK, await pages.CallAsync("/Keyed/a-path?a=query"));
        Assert.Equal(HttpStatusCode.Forbidden, await pages.CallAsync("/Ungranted/another-path"));
        Assert.Equal(HttpStatusCode.Forbidden, await pages.CallAsync("/Nothing/at-all"));

        foreach (var visitor in (PageVisitor[])[pages.Manager, pages.Viewer])
        {
            var home = await visitor.OpenAsync("/");
            WorkingPages.AssertSound(home, "home");
            Assert.Contains("1 of 2 work.", home.Words, StringComparison.Ordinal);
            Assert.Contains("principal One: accessKey is missing", home.Words, StringComparison.Ordinal);
            Assert.Matches("<td data-label=\"Calls\"><svg class=\"chart\" viewBox=\"0 0 180 32\"[^>]*><path class=\"calls\" d=\"M\\d+ 32v-\\d+h2V32z", home.Text);
            Assert.Matches(@"Keyed \d+ calls?, 0 refused [0-9.]+ ms on average", home.Words);
            Assert.Matches(@"Ungranted \d+ calls?, [1-9]\d* refused none answered", home.Words);
            Assert.Matches(@"UTC Ungranted local The callout couldn't access the endpoint access_denied ?, ?(limits_do_not_fit|no_grant)", home.Words);
            Assert.Matches("UTC none that there is local The callout couldn't access the endpoint access_denied ?, ?unknown_name", home.Words);
            Assert.All((string[])["a-path", "a=query", "another-path", "at-all"], s => Assert.DoesNotContain(s, home.Text, StringComparison.Ordinal));
            Assert.True(home.Text.Length < 100_000, $"{home.Text.Length}");
        }
    }

    [Fact]
    public async Task Home_TellsAtItsTop_WhatKeepsACatalogFromBeingInUse()
    {
        await using var api = await ApiStage.StartAsync();
        using var visitor = await PageVisitor.SignedInAsync(api, ApiStage.Viewer);
        Assert.DoesNotContain("not in use", (await visitor.OpenAsync("/")).Words, StringComparison.Ordinal);

        await File.WriteAllTextAsync(api.Proxy.CatalogPath, "namedCredentials: [{name: Broken<b>}]", TestContext.Current.CancellationToken);

        await Wait.UntilAsync(async () => (await visitor.OpenAsync("/")).Words.Contains("What was read last is not in use", StringComparison.Ordinal), "the home page tells of the faults");
        var home = await visitor.OpenAsync("/");
        WorkingPages.AssertSound(home with { Text = home.Text }, "home");
        Assert.True(home.Text.IndexOf("role=\"alert\"", StringComparison.Ordinal) < home.Text.IndexOf("works-title", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Live_TellsOfACallWithinSeconds_AndEndsWithTheSession()
    {
        using var live = await LiveReader.OpenAsync(pages.Api, byCookie: true);
        Assert.Equal("text/event-stream", live.Type);
        await pages.CallAsync("/Keyed/of-the-stream");
        await live.ReadsAsync(e => e.Contains("data-live=\"calls\"", StringComparison.Ordinal) && e.Contains("/named-credentials/Keyed", StringComparison.Ordinal));
        Assert.DoesNotContain("of-the-stream", live.Text, StringComparison.Ordinal);
        Assert.True(live.Events <= 1 + live.Lasted.TotalSeconds + 1, $"{live.Events} events in {live.Lasted}");

        await live.SignOutAsync();
        await live.EndsAsync();
    }

    [Fact]
    public async Task Live_BeyondTheMostStreams_IsRefused_UntilOneEnds()
    {
        var open = new List<LiveReader>();
        try
        {
            while (open.Count < 40 && await LiveReader.OpenAsync(pages.Api) is var next)
            {
                if (next.Status == 503)
                {
                    next.Dispose();
                    break;
                }
                open.Add(next);
            }
            Assert.InRange(open.Count, 10, 16);
        }
        finally
        {
            open.ForEach(o => o.Dispose());
        }
        await Wait.UntilAsync(
            async () =>
            {
                using var again = await LiveReader.OpenAsync(pages.Api);
                return again.Status == 200;
            },
            "a stream can be opened again");
    }

    [Fact]
    public async Task Live_WithOpenStreams_LetsTheProxyEnd()
    {
        await using var api = await ApiStage.StartAsync();
        using var live = await LiveReader.OpenAsync(api);
        Assert.Equal(200, live.Status);

        Assert.Equal(0, await api.Proxy.EndAsync("TERM").WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Live_ForNobody_IsNotThere()
    {
        using var nobody = await LiveReader.OpenAsync(pages.Api, token: null);
        Assert.Equal(401, nobody.Status);
    }
}
