using System.Net;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>Calls and signatures tried out on a page.</summary>
public sealed class TestPageTests(WorkingPages pages) : IClassFixture<WorkingPages>
{
    private static readonly (string, string)[] Filled = [("namedCredential", "Keyed"), ("method", "POST"), ("path", "/x?b=2&a=1"), ("headers", "Content-Type: text/plain\nX-Own: 1"), ("body", "Grüße")];

    private long Sent => pages.Api.Stage.Aws.Counts.DestinationRequests;

    [Fact]
    public async Task Send_MakesARealCall_AndTellsAllButSecrets()
    {
        var before = Sent;
        var page = await pages.Manager.OpenAsync("/test?namedCredential=Keyed");
        Assert.Equal("Keyed", page.Fields()["namedCredential"]);

        var sent = await pages.Manager.FillAsync("/test/send", page, Filled);

        WorkingPages.AssertSound(sent, "test");
        Assert.Equal((200, before + 1, 0), (sent.Status, Sent, pages.Api.Stage.Aws.Counts.DestinationRefusals));
        Assert.Contains("Some grants Keyed-One", sent.Words, StringComparison.Ordinal);
        Assert.Contains("Keyed-One signs", sent.Words, StringComparison.Ordinal);
        Assert.Contains("The answer: 200", sent.Words, StringComparison.Ordinal);
        Assert.Contains("POST\n/x\na=1&b=2\n", WebUtility.HtmlDecode(sent.Text), StringComparison.Ordinal);
        Assert.Contains("AWS4-HMAC-SHA256\n", WebUtility.HtmlDecode(sent.Text), StringComparison.Ordinal);
        Assert.Matches(@"Time: destination [0-9.]+ ms", sent.Words);
        // What was typed is still there.
        Assert.Equal(("POST", "/x?b=2&a=1", "Content-Type: text/plain\nX-Own: 1", "Grüße"), sent.Fields() is var f ? (f["method"], f["path"], f["headers"].Trim(), f["body"].Trim()) : default);
        Assert.Contains("test call", (await pages.Viewer.OpenAsync("/audit?who=ada&kind=named-credentials&name=Keyed")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_OfACallThatIsRefused_SaysWhy()
    {
        var before = Sent;
        var refused = await pages.Manager.FillAsync("/test/send", await pages.Manager.OpenAsync("/test"), ("namedCredential", "Ungranted"));

        Assert.Contains("Refused: no grant of local fits this request.", refused.Words, StringComparison.Ordinal);
        Assert.Matches("The answer: 403 ?, refused here: access_denied", refused.Words);
        Assert.Equal(before, Sent);
    }

    [Fact]
    public async Task Viewer_MayAskWhoWouldSign_AndSendsNothing()
    {
        var before = Sent;
        var page = await pages.Viewer.OpenAsync("/test");
        Assert.DoesNotContain("/test/send", page.Text, StringComparison.Ordinal);

        var decided = await pages.Viewer.FillAsync("/test", page, Filled);
        Assert.Equal(200, decided.Status);
        Assert.Contains("Keyed-One signs: of what fits it has the lowest sequence number.", decided.Words, StringComparison.Ordinal);
        Assert.Equal(403, (await pages.Viewer.FillAsync("/test/send", page, Filled)).Status);
        Assert.Equal(before, Sent);
    }

    [Fact]
    public async Task Forms_WithoutTheTokenOfTheirPage_DoNothing()
    {
        var before = Sent;
        foreach (var path in (string[])["/test", "/test/send", "/test/signature"])
        {
            Assert.Equal(403, (await pages.Manager.SendAsync(path, Filled)).Status);
            Assert.Equal(403, (await pages.Manager.SendAsync(path, [.. Filled, ("csrfToken", "another")])).Status);
        }
        Assert.Equal(before, Sent);
    }

    [Theory]
    [InlineData("namedCredential", "")]
    [InlineData("method", "get")]
    [InlineData("path", "no-slash")]
    [InlineData("headers", "no colon")]
    [InlineData("headers", "Host: evil.example")]
    [InlineData("headers", "X-A: 1\nx-a: 2")]
    [InlineData("principal", "Grüße")]
    public async Task Field_ThatBreaksItsRule_IsToldBesideIt_AndNothingIsSent(string name, string text)
    {
        var before = Sent;
        var refused = await pages.Manager.FillAsync("/test/send", await pages.Manager.OpenAsync("/test"), [.. Filled, (name, text)]);

        Assert.Equal(422, refused.Status);
        Assert.NotNull(refused.FaultAt(name));
        Assert.Equal(before, Sent);
    }

    [Fact]
    public async Task Signature_OfAnAnswerOfAwss_TellsTheFirstDifferenceWithItsHint()
    {
        const string request = "GET /orders/a%20b?x=1 HTTP/1.1\nHost: abc.execute-api.eu-west-1.amazonaws.com\nX-Amz-Date: 20150830T123600Z\n";
        var page = await pages.Viewer.OpenAsync("/test");
        var alone = await pages.Viewer.FillAsync("/test/signature", page, ("signed-request", request), ("signed-compare", ""));
        Assert.True(alone.Status == 200, alone.Words);
        var canonical = WebUtility.HtmlDecode(alone.Text.Split("signed-canonical-title\">")[2].Split("</pre>")[0]);
        Assert.StartsWith("GET\n/orders/", canonical, StringComparison.Ordinal);

        foreach (var visitor in (PageVisitor[])[pages.Manager, pages.Viewer])
        {
            var xml = $"<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>{canonical.Replace("x=1", "x=2", StringComparison.Ordinal)}</CanonicalRequest></Error>";
            var compared = await visitor.FillAsync("/test/signature", await visitor.OpenAsync("/test"), ("signed-request", request), ("signed-compare", xml));
            WorkingPages.AssertSound(compared, "signature");
            Assert.Contains("The first difference is the query.", compared.Words, StringComparison.Ordinal);
            Assert.Contains("x has another value at AWS.", compared.Words, StringComparison.Ordinal);
            Assert.Equal(request.Trim(), compared.Fields()["signed-request"].Trim());
        }
        var none = await pages.Viewer.FillAsync("/test/signature", page, ("signed-request", "no request"), ("signed-compare", ""));
        Assert.Equal(422, none.Status);
        Assert.Contains("it is no request line", none.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostileTexts_InEveryField_AreTextsAlone()
    {
        var (before, page) = (Sent, await pages.Manager.OpenAsync("/test"));
        var names = page.Fields().Keys.Where(n => n != "csrfToken").ToList();
        Assert.Equal(13, names.Count);
        foreach (var text in WorkingPages.Hostile)
        {
            foreach (var name in names)
            {
                foreach (var path in (string[])["/test", "/test/signature"])
                    WorkingPages.AssertSound(await pages.Manager.FillAsync(path, page, [.. Filled, ("signed-request", "GET / HTTP/1.1\nHost: a.example"), (name, text)]), $"{name} with {text[..Math.Min(40, text.Length)]}");
            }
            WorkingPages.AssertSound(await pages.Manager.FillAsync("/test/send", page, [.. names.Select(n => (n, text))]), "all");
        }
        Assert.Equal(before, Sent);
    }
}
