using System.Text.RegularExpressions;

namespace SigningProxy.Tests.Setup.Pages;

/// <summary>The guide with pictures.</summary>
public sealed partial class GuideTests
{
    [Fact]
    public void Pictures_OfTheGuide_AreThereWithTheirWords_AndNoOthers()
    {
        var shown = Picture().Matches(File.ReadAllText(RepositoryRoot.Find("docs", "guide.md"))).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(shown);
        Assert.Equal(shown.SelectMany(p => (string[])[p, Path.ChangeExtension(p, ".txt")]).Order(StringComparer.Ordinal), Directory.GetFiles(RepositoryRoot.Find("docs", "pictures")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\(pictures/([a-z0-9-]+\.png)\)")]
    private static partial Regex Picture();
}
