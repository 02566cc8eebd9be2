using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>What an administrator does in a browser, by the words that stand on the pages.</summary>
/// <param name="page">The browser's page.</param>
/// <param name="axe">The text of axe-core; null where there is no script to judge by.</param>
/// <param name="pictures">The folder that takes a picture of each page, in four looks; null for none.</param>
internal sealed class SeedWalk(IPage page, string? axe, string? pictures)
{
    private static readonly (ColorScheme Scheme, int Width)[] Looks = [(ColorScheme.Light, 1280), (ColorScheme.Dark, 1280), (ColorScheme.Light, 360), (ColorScheme.Dark, 360)];

    /// <summary>What axe found to be serious or critical, and pages that are wider than the screen.</summary>
    public List<string> Findings { get; } = [];

    public int Looked { get; private set; }

    private bool HasScript => axe is not null;

    /// <summary>A link or button in the middle of the page.</summary>
    public Task ClickAsync(string words) =>
        page.Locator("main").Locator("a, button").Filter(new() { HasTextRegex = Whole(words), Visible = true }).First.ClickAsync();

    /// <summary>"From Setup, in the Quick Find box, enter ..., and then select ..."</summary>
    public async Task QuickFindAsync(string place)
    {
        await page.GetByLabel("Quick Find").FillAsync(place);
        if (HasScript)
        {
            await page.Locator("nav a:visible").GetByText(place, new() { Exact = true }).ClickAsync();
            return;
        }
        await page.GetByLabel("Quick Find").PressAsync("Enter");
        await ClickAsync(place);
    }

    public async Task TypeAsync(params (string Label, string Text)[] filled)
    {
        foreach (var (label, text) in filled)
            await (await FieldAsync(label)).FillAsync(text);
    }

    public async Task UploadAsync(string label, string path) => await (await FieldAsync(label)).SetInputFilesAsync(path);

    /// <summary>Ticks a box or chooses; without a script, what depends on it is shown by a button.</summary>
    public async Task ChooseAsync(string label, string? choice = null)
    {
        if (choice is null)
            await page.GetByLabel(label).CheckAsync();
        else
            await (await FieldAsync(label)).SelectOptionAsync(new SelectOptionValue { Label = choice });
        if (!HasScript)
            await ClickAsync("Show fields");
    }

    public async Task OpenGroupAsync(string heading) => await page.Locator("summary").GetByText(heading, new() { Exact = true }).ClickAsync();

    /// <summary>Looks at the page in every look.</summary>
    public async Task LookAsync(string name)
    {
        if (!HasScript)
            return;
        foreach (var (scheme, width) in Looks)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, 900);
            var look = $"{name}-{scheme.ToString().ToLowerInvariant()}-{width}";
            if (pictures is not null)
                await GuidePicture.TakeAsync(page, pictures, look);
            else if (GuidePicture.Shows(look) && !await GuidePicture.IsOfAsync(page, look))
                Findings.Add($"{look}: docs/pictures shows another page; the guide says how its pictures are made anew");
            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
                Findings.Add($"{look}: wider than the screen");
            await page.EvaluateAsync(axe!);
            foreach (var violation in (await page.EvaluateAsync<JsonElement>("axe.run().then(r => r.violations)")).EnumerateArray().Where(v => v.GetProperty("impact").GetString() is "serious" or "critical"))
                Findings.Add($"{look}: {violation.GetProperty("id").GetString()}: {violation.GetProperty("nodes")[0].GetProperty("html").GetString()}");
            Looked++;
        }
    }

    private async Task<ILocator> FieldAsync(string label)
    {
        var found = page.Locator("label[for]:visible").Filter(new() { HasTextRegex = Whole(label) }).First;
        return page.Locator($"[id='{await found.GetAttributeAsync("for")}']");
    }

    // An asterisk is told to eyes alone.
    private static Regex Whole(string words) => new($@"^\s*{Regex.Escape(words)}\s*\*?\s*$");
}
