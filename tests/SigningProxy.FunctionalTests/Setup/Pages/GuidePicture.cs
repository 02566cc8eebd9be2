using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SigningProxy.FunctionalTests.ThirdParty;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>
/// A picture of the guide, and what it shows in words, which lie beside it: so a picture of yesterday's page is found out by every walk,
/// on a machine of other fonts too.
/// </summary>
internal static partial class GuidePicture
{
    /// <summary>Whether the guide shows this look of a page.</summary>
    public static bool Shows(string look) => File.Exists(Kept(look));

    /// <summary>Makes the picture and its words.</summary>
    public static async Task TakeAsync(IPage page, string folder, string look)
    {
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{look}.png"), FullPage = true });
        await File.WriteAllTextAsync(Path.Combine(folder, $"{look}.txt"), await WordsAsync(page));
    }

    /// <summary>Whether the picture that is kept shows this page.</summary>
    public static async Task<bool> IsOfAsync(IPage page, string look) => await File.ReadAllTextAsync(Kept(look)) == await WordsAsync(page);

    private static string Kept(string look) => ThirdPartyServers.Below("docs", "pictures", $"{look}.txt");

    private static async Task<string> WordsAsync(IPage page)
    {
        var style = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(ThirdPartyServers.Below("src", "SigningProxy", "Setup", "Pages", "Assets", "pages.css"))));
        var words = await page.Locator("body").AriaSnapshotAsync();
        return $"style: {style}\n{OfThisRun().Replace(words, "…")}\n";
    }

    // Moments, ports and what the stand-in thought up.
    [GeneratedRegex(@"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?Z?|(?<=127\.0\.0\.1:)\d+|(?<=ASIA\*{4}).{4}")]
    private static partial Regex OfThisRun();
}
