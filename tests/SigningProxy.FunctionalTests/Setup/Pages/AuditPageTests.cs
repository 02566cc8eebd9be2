using System.Globalization;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>The audit trail as a page.</summary>
public sealed class AuditPageTests(WorkingPages pages) : IClassFixture<WorkingPages>
{
    [Fact]
    public async Task Trail_TellsWhoChangedWhat_AndOfSecretsThatTheyChanged()
    {
        var keyed = await pages.Api.JsonAsync("/external-credentials/Keyed");
        keyed["label"] = "Another label";
        keyed["principals"]![0]!["accessSecret"] = $"another{SetupStage.Secret}"[..40];
        Assert.Equal(200, (await pages.Api.PutAsync("/external-credentials/Keyed", keyed.ToJsonString())).Status);

        foreach (var visitor in (PageVisitor[])[pages.Manager, pages.Viewer])
        {
            var trail = await visitor.OpenAsync("/audit?kind=external-credentials&name=keyed&who=ada");
            WorkingPages.AssertSound(trail, "audit");
            Assert.Matches(@"UTC ada changed Keyed external credential Label principals\[0\]\.accessSecret: a secret, changed|UTC ada changed Keyed external credential .*: a secret, changed", trail.Words);
            Assert.Contains("revision 1 to 2", trail.Words, StringComparison.Ordinal);
            Assert.Contains("<a href=\"/external-credentials/Keyed\">Keyed</a>", trail.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Unready", trail.Text, StringComparison.Ordinal);
            Assert.Contains("There is no such row.", (await visitor.OpenAsync("/audit?kind=&name=&who=nobody")).Words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Trail_OfManyRows_IsReadPageByPage()
    {
        for (var i = 0; i < 60; i++)
            Assert.Equal(201, (await pages.Api.PutAsync(string.Create(CultureInfo.InvariantCulture, $"/profiles/P{i}"), """{"principals":[]}""")).Status);

        var first = await pages.Viewer.OpenAsync("/audit?kind=profiles");
        Assert.Contains(">P59<", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(">P9<", first.Text, StringComparison.Ordinal);
        var older = first.Text.Split("<a href=\"/audit?before=")[1].Split('"')[0].Replace("&amp;", "&", StringComparison.Ordinal);
        var second = await pages.Viewer.OpenAsync($"/audit?before={older}");

        Assert.Contains(">P9<", second.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(">P10<", second.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("before=", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trail_AskedForByHostileTexts_ShowsThemAsTexts()
    {
        foreach (var text in WorkingPages.Hostile.Select(t => Uri.EscapeDataString(t[..Math.Min(t.Length, 1000)])))
        {
            foreach (var query in (string[])[$"name={text}", $"who={text}", $"kind={text}", $"before={text}", $"name={text}&name=x"])
                WorkingPages.AssertSound(await pages.Viewer.OpenAsync($"/audit?{query}"), query);
        }
    }
}
