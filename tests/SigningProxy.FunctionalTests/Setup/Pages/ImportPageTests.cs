using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>Entries of the original, taken over by a page: seen first, then made, all or none.</summary>
public sealed class ImportPageTests
{
    [Fact]
    public async Task Archive_IsShownFirst_AndTakenOverOnceThatIsAsked()
    {
        await using var api = await ApiStage.StartAsync();
        var archive = Archive(files => files.CreateEntryFromDirectory(Repository("tests", "metadata", "force-app")));

        var (status, preview) = await SendAsync(api, "/import/preview", Upload(archive));

        Assert.Equal(200, status);
        Assert.Contains("What would change", preview, StringComparison.Ordinal);
        Assert.Contains("externalCredential Billing: its authenticationProtocol Oauth has no counterpart", preview, StringComparison.Ordinal);
        Assert.Contains("What is left to fill in", preview, StringComparison.Ordinal);
        Assert.Empty((await api.JsonAsync("/external-credentials"))["items"]!.AsArray());
        Assert.Equal("[]", (await api.JsonAsync("/audit"))["items"]!.ToJsonString());

        var catalog = WebUtility.HtmlDecode(Regex.Match(preview, "<textarea [^>]*name=\"catalog\"[^>]*>\n?(?<yaml>[^<]*)</textarea>").Groups["yaml"].Value);
        var (taken, done) = await SendAsync(api, "/import", new FormUrlEncodedContent([new("catalog", catalog)]));

        Assert.True(taken == 200, done);
        Assert.Contains("Taken over.", done, StringComparison.Ordinal);
        Assert.Contains("OrdersTable", (await api.JsonAsync("/external-credentials"))["items"]!.ToJsonString(), StringComparison.Ordinal);
        var (again, nothing) = await SendAsync(api, "/import/preview", Upload(archive));
        Assert.Equal(200, again);
        Assert.DoesNotContain("What would change", nothing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Catalog_WithAFault_ChangesNothing_AndStaysInTheForm()
    {
        await using var api = await ApiStage.StartAsync();

        foreach (var (catalog, told) in new[]
        {
            ("externalCredentials: [{name: \"a b\", label: <b>x</b>}]", "&lt;b&gt;x&lt;/b&gt;"),
            ("externalCredentials: [", "Line "),
            ("- <script>alert(1)</script>", "This is no catalog"),
        })
        {
            var (status, page) = await SendAsync(api, "/import", new FormUrlEncodedContent([new("catalog", catalog)]));
            Assert.InRange(status, 400, 499);
            Assert.Contains(told, page, StringComparison.Ordinal);
            Assert.Contains(WebUtility.HtmlEncode(catalog), page.Replace("&#x27;", "&#39;", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        }
        Assert.Equal("[]", (await api.JsonAsync("/audit"))["items"]!.ToJsonString());
    }

    [Fact]
    public async Task Archive_MadeToDoHarm_IsRefused()
    {
        await using var api = await ApiStage.StartAsync();
        foreach (var (archive, told) in new (byte[], string)[]
        {
            (Archive(files => files.CreateEntry("../../x.externalCredential-meta.xml")), "an entry leads out of the archive"),
            (Archive(files => files.CreateEntry("<script>alert(1)</script>")), "&lt;/script&gt;"),
            ("no archive"u8.ToArray(), "it is no zip archive"),
            ([], "no archive was chosen"),
        })
        {
            var (status, page) = await SendAsync(api, "/import/preview", Upload(archive));
            Assert.True(status == 422 || told.StartsWith('&'), page);
            Assert.True(told.StartsWith('&') || page.Contains(told, StringComparison.Ordinal), page);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        }
        Assert.Equal("[]", (await api.JsonAsync("/audit"))["items"]!.ToJsonString());
    }

    [Fact]
    public async Task Viewer_SeesNoneOfIt()
    {
        await using var api = await ApiStage.StartAsync();
        Assert.Equal(403, (await SendAsync(api, "/import/preview", Upload([]), ApiStage.Viewer)).Status);
        Assert.Equal(403, (await SendAsync(api, "/import", new FormUrlEncodedContent([new("catalog", "profiles: [{name: P, principals: []}]")]), ApiStage.Viewer)).Status);
        Assert.Empty((await api.JsonAsync("/profiles"))["items"]!.AsArray());
    }

    private static MultipartFormDataContent Upload(byte[] archive) => new() { { new ByteArrayContent(archive), "archive", "metadata.zip" } };

    private static async Task<(int Status, string Text)> SendAsync(ApiStage api, string path, HttpContent content, string token = ApiStage.Manager)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api.Setup, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static byte[] Archive(Action<ZipArchive> fill)
    {
        using var all = new MemoryStream();
        using (var archive = new ZipArchive(all, ZipArchiveMode.Create, leaveOpen: true))
            fill(archive);
        return all.ToArray();
    }

    private static string Repository(params string[] path) => ThirdParty.ThirdPartyServers.Below(path);
}

internal static class FolderArchive
{
    /// <summary>Packs all files below a folder, by their paths from there.</summary>
    public static void CreateEntryFromDirectory(this ZipArchive archive, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            archive.CreateEntryFromFile(file, Path.GetRelativePath(folder, file));
    }
}
