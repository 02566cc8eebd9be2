using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.FunctionalTests.ThirdParty;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>Every place of Setup in a browser, in four looks, with something in it; and what a page weighs and takes.</summary>
public sealed class PlacesTests(Chromium chromium, WorkingPages pages, ITestOutputHelper output) : IClassFixture<Chromium>, IClassFixture<WorkingPages>
{
    private const int Weight = 100 * 1024;

    private static readonly string[] Places =
        ["/", "/named-credentials", "/external-credentials", "/permission-sets", "/profiles", "/callers", "/certificates", "/import", "/test", "/audit", "/administrators"];

    [Fact]
    public async Task Places_InFourLooks_AreForEverybody()
    {
        chromium.Need();
        await using var context = await chromium.Browser.NewContextAsync();
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" or "warning" ? [message.Text] : (string[])[]);
        page.PageError += (_, error) => complaints.Add(error);
        var walk = new SeedWalk(page, chromium.Axe, Environment.GetEnvironmentVariable("SIGNING_PROXY_TEST_PICTURES"));
        await page.GotoAsync(new Uri(pages.Api.Setup, "/sign-in").ToString());
        await page.Locator("#token").FillAsync(ApiStage.Manager);
        await walk.ClickAsync("Sign in");
        foreach (var target in (string[])["/Keyed/x", "/Keyed/y", "/Ungranted/x", "/Nothing/x"])
            await pages.CallAsync(target);

        foreach (var place in Places)
        {
            await page.GotoAsync(new Uri(pages.Api.Setup, place).ToString());
            await walk.LookAsync($"place-{(place == "/" ? "home" : place[1..])}");
        }
        await page.GotoAsync(new Uri(pages.Api.Setup, "/test").ToString());
        await walk.ChooseAsync("Named Credential", "Keyed");
        await walk.ClickAsync("Send");
        Assert.Contains("AWS4-HMAC-SHA256", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await walk.LookAsync("place-test-sent");
        await page.GotoAsync(new Uri(pages.Api.Setup, "/import").ToString());
        var archive = pages.Api.Stage.Folder.File("metadata.zip");
        await ZipFile.CreateFromDirectoryAsync(ThirdPartyServers.Below("tests", "metadata", "force-app"), archive, TestContext.Current.CancellationToken);
        await page.Locator("#archive").SetInputFilesAsync(archive);
        await walk.ClickAsync("Preview");
        await walk.LookAsync("place-import-preview");

        Assert.Empty(walk.Findings);
        Assert.Empty(complaints);
        Assert.Equal(4 * (Places.Length + 2), walk.Looked);
    }

    [Fact]
    public async Task Places_WithStyleAndScript_WeighLittle_AndAreAnsweredSoon()
    {
        foreach (var place in Places)
        {
            var page = await pages.Manager.OpenAsync(place);
            Assert.Equal(200, page.Status);
            var assets = 0;
            foreach (var asset in page.Text.Split('"').Where(t => t.StartsWith("/assets/", StringComparison.Ordinal)).Distinct())
                assets += (await pages.Manager.OpenAsync(asset)).Text.Length;
            Assert.InRange(page.Text.Length + assets, 1000, Weight);
            var times = new List<double>();
            for (var i = 0; i < 21; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                await pages.Manager.OpenAsync(place);
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
            Figures.Tell(output, string.Create(CultureInfo.InvariantCulture, $"{place}: {page.Text.Length} characters, {assets} of style and script, answered within {times.Order().ElementAt(10):F1} ms (median of 21)"));
        }
    }
}
