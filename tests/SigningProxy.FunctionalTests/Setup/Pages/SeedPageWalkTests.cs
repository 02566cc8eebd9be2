using System.Net;
using Microsoft.Playwright;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.FunctionalTests.Sessions;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>"Create or Edit an AWS Signature v4 External Credential", walked word for word in a browser: from the one-time link and an empty store to requests that the stand-in verified.</summary>
public sealed class SeedPageWalkTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Keyed = "IAM user key";
    private const string Assumed = "IAM User Identified by Access Key";
    private const string Certified = "Roles Anywhere (Assume an IAM Role via Certificate)";

    [Theory]
    [InlineData(Keyed, true)]
    [InlineData(Assumed, true)]
    [InlineData(Certified, true)]
    [InlineData(Keyed, false)]
    [InlineData(Assumed, false)]
    [InlineData(Certified, false)]
    public async Task Seed_WalkedByAFirstAdministrator_SignsTheVeryNextRequest(string variant, bool script)
    {
        chromium.Need();
        await using var stage = await SetupStage.CreateAsync();
        await using var proxy = await stage.StartProxyAsync();
        await using var context = await chromium.Browser.NewContextAsync(new() { JavaScriptEnabled = script });
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        // That an answer is a refusal, which some here are meant to be, is told there too.
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" or "warning" && !message.Text.Contains("the server responded with a status of 4", StringComparison.Ordinal) ? [message.Text] : (string[])[]);
        page.PageError += (_, error) => complaints.Add(error);
        var pictures = Environment.GetEnvironmentVariable("SIGNING_PROXY_TEST_PICTURES");
        var walk = new SeedWalk(page, script ? chromium.Axe : null, pictures);
        var name = variant == Keyed ? "key" : variant == Assumed ? "sts" : "certificate";

        await page.GotoAsync((await File.ReadAllTextAsync(stage.Folder.LinkFile, TestContext.Current.CancellationToken)).TrimEnd());
        await walk.LookAsync($"{name}-01-first");
        await walk.TypeAsync(("Name", "ada"));
        await walk.ClickAsync("Continue");
        await walk.LookAsync($"{name}-02-welcome");
        await walk.ClickAsync("Continue");

        // "From Setup, in the Quick Find box, enter Named Credentials, and then select Named Credentials. Click External Credentials. ... click New."
        await walk.QuickFindAsync("Named Credentials");
        await walk.ClickAsync("External Credentials");
        await walk.LookAsync($"{name}-03-empty");
        await walk.ClickAsync("New");
        await ExternalCredentialAsync(walk, stage, variant, name);
        await walk.ClickAsync("Save");
        await walk.LookAsync($"{name}-05-list");

        // "Select the external credential you created. Scroll to Principals. Click New."
        await walk.ClickAsync("Orders_Table");
        await walk.ClickAsync("New");
        await walk.TypeAsync(("Parameter Name", "Marketing Group"), ("Sequence Number", "1"));
        if (variant == Keyed)
            await walk.TypeAsync(("Access Key", SetupStage.KeyId), ("Access Secret", SetupStage.Secret));
        else
            await walk.TypeAsync(("IAM Role ARN", SessionCatalog.Role));
        await walk.LookAsync($"{name}-06-principal");
        await walk.ClickAsync("Save");

        await walk.QuickFindAsync("Named Credentials");
        await walk.ClickAsync("New");
        await walk.TypeAsync(("Label", "Orders"), ("Name", "Orders"), ("URL", stage.Aws.Address.ToString()), ("External Credential", "Orders_Table"));
        await walk.LookAsync($"{name}-07-named");
        await walk.ClickAsync("Save");
        await walk.QuickFindAsync("Permission Sets");
        await walk.ClickAsync("New");
        await walk.TypeAsync(("Name", "Everyone"), ("Callers", "*"), ("Principals", "Orders_Table-Marketing Group"));
        await walk.LookAsync($"{name}-08-grant");
        await walk.ClickAsync("Save");

        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync(proxy, "/Orders/x"));
        Assert.Equal((1, 0), (stage.Aws.Counts.DestinationRequests, stage.Aws.Counts.DestinationRefusals));

        await walk.QuickFindAsync("External Credentials");
        await walk.ClickAsync("Orders_Table");
        Assert.Contains("Works", await page.Locator("#principals").InnerTextAsync(), StringComparison.Ordinal);
        await walk.LookAsync($"{name}-09-details");
        await page.Locator("#principals").GetByText("Edit", new() { Exact = false }).First.ClickAsync();
        await walk.LookAsync($"{name}-10-principal");
        if (variant != Keyed)
        {
            Assert.Matches(@"^ASIA\*{4}.{4}, expires \d{4}-", await page.Locator("#f-accessKey").InputValueAsync());
            Assert.True(await page.Locator("#f-accessKey").IsDisabledAsync());
        }
        await LookAtTheRestAsync(walk, page);
        Assert.Empty(walk.Findings);
        Assert.Empty(complaints);
        Assert.Equal(script ? 56 : 0, walk.Looked);
    }

    /// <summary>What the seed's way does not come by: faults, a question, a conflict, and a fault on the way to sign in.</summary>
    private static async Task LookAtTheRestAsync(SeedWalk walk, IPage page)
    {
        await walk.QuickFindAsync("Callers");
        await walk.ClickAsync("New");
        await walk.ClickAsync("Save");
        Assert.NotEmpty(await page.Locator("#f-name-fault").InnerTextAsync());
        await walk.LookAsync("rest-1-faults");

        await walk.QuickFindAsync("External Credentials");
        await walk.ClickAsync("Orders_Table");
        await walk.ClickAsync("Delete");
        await walk.LookAsync("rest-2-delete");
        await walk.ClickAsync("Back");
        await walk.ClickAsync("Edit");
        await walk.TypeAsync(("Label", "Mine"));
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(page.Url);
        await new SeedWalk(other, null, null).TypeAsync(("Label", "Theirs"));
        await new SeedWalk(other, null, null).ClickAsync("Save");
        await walk.ClickAsync("Save");
        Assert.Equal("Somebody else changed it", await page.Locator("h1").InnerTextAsync());
        await walk.LookAsync("rest-3-conflict");

        await page.GetByText("Sign out").ClickAsync();
        await page.Locator("#token").FillAsync("nobody's");
        await walk.ClickAsync("Sign in");
        await walk.LookAsync("rest-4-sign-in");
    }

    private static async Task ExternalCredentialAsync(SeedWalk walk, SetupStage stage, string variant, string name)
    {
        await walk.TypeAsync(("Label", "Orders table"), ("Name", "Orders_Table"), ("Service", "lambda"), ("Region", "eu-west-1"), ("AWS Account ID", ""));
        await walk.ChooseAsync("Authentication Protocol", "AWS Signature 4");
        if (variant != Keyed)
        {
            await walk.ChooseAsync("Obtain Temporary IAM Credentials via STS");
            await walk.ChooseAsync("Credential Type", variant);
        }
        if (variant == Assumed)
        {
            await walk.TypeAsync(
                ("STS Access Key", SessionCatalog.Asker.AccessKeyId), ("STS Access Secret", SessionCatalog.Asker.Secret), ("STS External ID", "salesforceIntegration-abc123"), ("STS Duration", "3600"),
                ("Additional Status Codes for Token Refresh", "419"));
            await walk.OpenGroupAsync("More about STS");
            await walk.TypeAsync(("STS endpoint", stage.Aws.Address.ToString()));
        }
        if (variant == Certified)
        {
            var certificate = stage.Folder.File("workload.pem");
            await File.WriteAllTextAsync(certificate, stage.Workload());
            await walk.TypeAsync(("Trust Anchor ARN", WorkloadFolder.Anchor), ("Profile ARN", WorkloadFolder.Profile), ("STS Duration", "3600"));
            await walk.UploadAsync("Signing Certificate", certificate);
            await walk.OpenGroupAsync("More about Roles Anywhere");
            await walk.TypeAsync(("Roles Anywhere endpoint", stage.Aws.Address.ToString()));
        }
        await walk.LookAsync($"{name}-04-new");
    }
}
