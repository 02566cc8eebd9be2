using System.Text.RegularExpressions;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>The administrators as pages.</summary>
public sealed class AdministratorPagesTests(WorkingPages pages) : IClassFixture<WorkingPages>
{
    private async Task<int> CountAsync() => (await pages.Api.JsonAsync("/administrators"))["items"]!.AsArray().Count;

    [Fact]
    public async Task Administrator_IsMade_Changed_AndDeleted()
    {
        var made = await pages.Manager.FillAsync("/new/administrators", ("name", "eve"), ("permission", "View"), ("oidc/0/claim", "sub"), ("oidc/0/value", "248"));
        Assert.Equal(200, made.Status);
        var token = Regex.Match(made.Text, "<pre class=\"token\">(?<token>[A-Za-z0-9_-]{43})</pre>").Groups["token"].Value;
        Assert.Equal(200, (await pages.Api.SendAsync(HttpMethod.Get, "/me", token: token)).Status);

        // Told once, and kept by nobody.
        var list = await pages.Manager.OpenAsync("/administrators");
        Assert.Contains("eve View token OpenID Connect, sub 248 Edit eve Delete eve", list.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(token, list.Text, StringComparison.Ordinal);
        var edit = await pages.Manager.OpenAsync("/administrators/eve/edit");
        Assert.DoesNotContain(token, edit.Text, StringComparison.Ordinal);
        Assert.Equal(("View", "keep", "sub", "248"), edit.Fields() is var f ? (f["permission"], f["token"], f["oidc/0/claim"], f["oidc/0/value"]) : default);

        Assert.Equal(303, (await pages.Manager.FillAsync("/administrators/eve/edit", edit, ("permission", "Manage"), ("token", "none"), ("certificates/0/part", "Dns"), ("certificates/0/value", "eve.example"))).Status);
        Assert.Contains("eve Manage OpenID Connect, sub 248 certificate, DNS name eve.example", (await pages.Viewer.OpenAsync("/administrators")).Words, StringComparison.Ordinal);
        Assert.Equal(401, (await pages.Api.SendAsync(HttpMethod.Get, "/me", token: token)).Status);

        // Who edits what is not there any more is told, and nothing is lost.
        var stale = await pages.Manager.FillAsync("/administrators/eve/edit", edit, ("token", "none"), ("oidc/0/value", "another"));
        Assert.Equal((409, "another"), (stale.Status, stale.Fields()["oidc/0/value"]));
        Assert.Contains("Permission now Manage", stale.Words, StringComparison.Ordinal);

        Assert.Equal((303, "/administrators"), await pages.Manager.FillAsync("/administrators/eve/delete") is var gone ? (gone.Status, gone.Location) : default);
        Assert.DoesNotContain(" eve ", (await pages.Manager.OpenAsync("/administrators")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrators_OfTheHostSettings_AreShownAndNotChanged()
    {
        var list = await pages.Viewer.OpenAsync("/administrators");
        WorkingPages.AssertSound(list, "administrators");
        Assert.Contains("ada in the host settings Manage token", list.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("/new/administrators", list.Text, StringComparison.Ordinal);

        foreach (var path in (string[])["/administrators/ada/edit", "/administrators/ada/delete"])
            Assert.Equal(409, (await pages.Manager.OpenAsync(path)).Status);
        var taken = await pages.Manager.FillAsync("/new/administrators", ("name", "ada"));
        Assert.Equal(409, taken.Status);
        Assert.Contains("it is changed there, and not in Setup", taken.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "1 2")]
    [InlineData("name", "")]
    [InlineData("oidc/0/claim", "sub")]
    [InlineData("certificates/0/part", "Nothing")]
    public async Task Field_ThatBreaksItsRule_IsToldBesideIt_AndNobodyIsMade(string name, string text)
    {
        var before = await CountAsync();
        var refused = await pages.Manager.FillAsync("/new/administrators", ("name", "mallory"), ("certificates/0/value", name.StartsWith('c') ? "x" : ""), (name, text));

        Assert.Equal(422, refused.Status);
        Assert.NotNull(refused.FaultAt(name) ?? refused.FaultAt(name.Split('/')[0]));
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Viewer_AndFormsWithoutTheTokenOfTheirPage_ChangeNothing()
    {
        Assert.Equal(200, (await pages.Manager.FillAsync("/new/administrators", ("name", "kept"))).Status);
        var (before, kept) = (await CountAsync(), await RevisionAsync());
        (string, string)[] filled = [("name", "mallory"), ("permission", "Manage"), ("token", "make"), ("~revision", kept)];
        var viewers = (await pages.Viewer.OpenAsync("/test")).Fields()["csrfToken"];

        foreach (var path in (string[])["/new/administrators", "/administrators/kept/edit", "/administrators/kept/delete"])
        {
            Assert.Equal(403, (await pages.Viewer.OpenAsync(path)).Status);
            Assert.Equal(403, (await pages.Viewer.SendAsync(path, [.. filled, ("csrfToken", viewers)])).Status);
            Assert.Equal(403, (await pages.Manager.SendAsync(path, filled)).Status);
        }
        Assert.Equal(before, await CountAsync());
        Assert.Equal(kept, await RevisionAsync());

        async Task<string> RevisionAsync() => (await pages.Api.JsonAsync("/administrators/kept"))["revision"]!.ToString();
    }

    [Fact]
    public async Task HostileTexts_InEveryField_AreTextsAlone()
    {
        var page = await pages.Manager.OpenAsync("/new/administrators");
        var names = page.Fields().Keys.Where(n => n != "csrfToken").Append("~revision").Append("oidc/99999999999/claim").ToList();
        foreach (var text in WorkingPages.Hostile)
        {
            foreach (var name in names)
                WorkingPages.AssertSound(await pages.Manager.FillAsync("/new/administrators", page, (name, text)), $"{name} with {text[..Math.Min(40, text.Length)]}");
            var path = $"/administrators/{Uri.EscapeDataString(text[..Math.Min(text.Length, 500)])}";
            WorkingPages.AssertSound(await pages.Manager.OpenAsync($"{path}/edit"), path);
            WorkingPages.AssertSound(await pages.Manager.OpenAsync($"{path}/delete"), path);
        }
    }
}
