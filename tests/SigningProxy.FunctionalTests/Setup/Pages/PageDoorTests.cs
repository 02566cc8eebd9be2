using System.Net;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>Who comes to the pages, and who does not.</summary>
public sealed class PageDoorTests
{
    private static readonly (string, string)[] Filled = [("label", "x"), ("name", "One"), ("service", "s3"), ("region", "eu-west-1")];

    [Fact]
    public async Task BrowserWithoutSession_IsSentToSignIn_AndBack_AndOutAgain()
    {
        await using var api = await ApiStage.StartAsync();
        using var visitor = new PageVisitor(api.Setup);

        var sent = await visitor.OpenAsync("/external-credentials?q=x%20y");
        Assert.Equal((303, "/sign-in?to=%2Fexternal-credentials%3Fq%3Dx%2520y"), (sent.Status, sent.Location));
        var wrong = await visitor.FillAsync("/sign-in/token", await visitor.OpenAsync(sent.Location!), ("token", "<b>nobody's</b>"));
        Assert.Equal(401, wrong.Status);
        Assert.Contains("This token is no administrator's.", wrong.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", wrong.Text, StringComparison.Ordinal);
        var signedIn = await visitor.FillAsync("/sign-in/token", wrong, ("token", ApiStage.Manager));
        Assert.Equal((303, "/external-credentials?q=x%20y"), (signedIn.Status, signedIn.Location));

        var page = await visitor.OpenAsync(signedIn.Location!);
        Assert.Contains("ada may Manage", page.Words, StringComparison.Ordinal);
        var token = page.Text.Split("name=\"csrfToken\" value=\"")[1].Split('"')[0];
        Assert.Equal((303, "/sign-in"), await visitor.SendAsync("/sign-in/out", [("csrfToken", token)]) is var gone ? (gone.Status, gone.Location) : default);
        Assert.Equal(303, (await visitor.OpenAsync("/external-credentials")).Status);
        // Nobody is led away from here.
        foreach (var to in (string[])["//evil.example", "https://evil.example", "/\\evil.example", "evil"])
            Assert.Equal("/", (await visitor.SendAsync("/sign-in/token", [("token", ApiStage.Manager), ("to", to)])).Location);
    }

    [Fact]
    public async Task Viewer_SeesEverything_AndNothingThatChanges()
    {
        await using var api = await ApiStage.StartAsync();
        using var manager = await PageVisitor.SignedInAsync(api);
        Assert.Equal(303, (await manager.FillAsync("/new/external-credentials", Filled)).Status);
        Assert.Equal(303, (await manager.FillAsync("/new/external-credentials/One/principals", ("name", "P"), ("sequenceNumber", "1"))).Status);
        var form = await manager.OpenAsync("/external-credentials/One/edit");
        using var viewer = await PageVisitor.SignedInAsync(api, ApiStage.Viewer);
        var list = await viewer.OpenAsync("/external-credentials");
        var own = list.Text.Split("name=\"csrfToken\" value=\"")[1].Split('"')[0];

        foreach (var path in (string[])["/external-credentials", "/named-credentials", "/permission-sets", "/profiles", "/callers", "/certificates", "/external-credentials/One"])
        {
            var page = await viewer.OpenAsync(path);
            Assert.Equal(200, page.Status);
            Assert.DoesNotMatch("href=\"(/new/|[^\"]*/(edit|delete)\")", page.Text);
            Assert.DoesNotContain("method=\"post\"", page.Text[page.Text.IndexOf("<main", StringComparison.Ordinal)..], StringComparison.Ordinal);
        }
        foreach (var path in (string[])["/new/external-credentials", "/external-credentials/One/edit", "/external-credentials/One/delete", "/new/external-credentials/One/principals", "/external-credentials/One/principals/P/edit", "/external-credentials/One/principals/P/delete"])
        {
            Assert.Equal(403, (await viewer.OpenAsync(path)).Status);
            Assert.Equal(403, (await viewer.FillAsync(path, form, ("csrfToken", own), ("label", "Theirs"), ("name", "Two"))).Status);
        }
        Assert.Equal(1, (int)(await api.JsonAsync("/external-credentials"))["total"]!);
        Assert.Equal(("x", 2), await api.JsonAsync("/external-credentials/One") is var one ? ((string)one["label"]!, (int)one["revision"]!) : default);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("NzbNDXH9vwlH1Dc8mAZNUEYzLtSIojmmfK07WHIScdw")]
    public async Task FormWithoutTheSessionsToken_ChangesNothing(string? token)
    {
        await using var api = await ApiStage.StartAsync();
        using var visitor = await PageVisitor.SignedInAsync(api);
        var form = await visitor.OpenAsync("/new/external-credentials");
        var fields = form.Fields().Where(f => f.Key != "csrfToken").Select(f => (f.Key, f.Value)).Concat(Filled);

        var refused = await visitor.SendAsync("/new/external-credentials", token is null ? fields : fields.Append(("csrfToken", token)));

        Assert.Equal(403, refused.Status);
        Assert.Contains("<h1>", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, (int)(await api.JsonAsync("/external-credentials"))["total"]!);
    }

    [Fact]
    public async Task Assets_ComeToEverybody_AndAreKept_AndPagesAreNot()
    {
        await using var api = await ApiStage.StartAsync();
        using var visitor = new PageVisitor(api.Setup);
        var page = await visitor.OpenAsync("/sign-in");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var path in (string[])[page.Text.Split("href=\"/assets/")[1].Split('"')[0], page.Text.Split("src=\"/assets/")[1].Split('"')[0]])
        {
            using var asset = await http.GetAsync(new Uri(api.Setup, $"/assets/{path}"), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, "public, max-age=31536000, immutable"), (asset.StatusCode, string.Join(", ", asset.Headers.GetValues("Cache-Control"))));
        }
        Assert.DoesNotMatch("<style|style=|<script>| on[a-z]+=", page.Text);
    }
}
