using System.Text.Json;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests;

public sealed class HeaderTests(HeaderTests.ManyHeaders stage) : IClassFixture<HeaderTests.ManyHeaders>
{
    private const string KeyId = "AKIDHEADER000000";

    public sealed class ManyHeaders : Stage
    {
        internal CannedDestination Canned { get; } = new("HTTP/1.1 200 OK", "X-SigningProxy-Secret: theirs", "x-signingproxy-other: theirs", "X-Theirs: kept");

        internal CannedDestination Redirecting { get; } = new("HTTP/1.1 307 Temporary Redirect", "Location: /elsewhere");

        private protected override IReadOnlyList<string> KeyIds => [KeyId];

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Canned.DisposeAsync();
            await Redirecting.DisposeAsync();
        }

        private protected override string Catalog(Uri aws) => new CatalogText()
            .With("Api", aws, KeyId, Secret)
            .With("Canned", Canned.Address, KeyId, Secret)
            .With("Redirecting", Redirecting.Address, KeyId, Secret)
            .With("CallersOwn", new Uri(Canned.Address, "base"), KeyId, Secret, fields: ["generateAuthorizationHeader: false"])
            .With("SignHost", aws, KeyId, Secret, fields: ["signHost: vpce.example:8443"])
            .With("Custom", aws, KeyId, Secret,
                fields:
                [
                    "customHeaders:",
                    "  - {name: X-Both, value: of the named credential, sequenceNumber: 9}",
                    "  - {name: X-Several, value: second, sequenceNumber: 2}",
                    "  - {name: X-Several, value: first, sequenceNumber: 1}",
                    "  - {name: Content-Type, value: application/x-custom, sequenceNumber: 3}",
                    "  - {name: X-Merge, value: 'by {!$Caller.Name}', sequenceNumber: 4}",
                ],
                externalFields:
                [
                    "customHeaders:",
                    "  - {name: x-both, value: of the external credential, sequenceNumber: 1}",
                    "  - {name: X-External, value: external, sequenceNumber: 2}",
                ])
            .With("Merged", aws, KeyId, Secret, fields:
            [
                "allowMergeFieldsInHeader: true",
                "customHeaders:",
                "  - {name: X-Merge, value: '{!$Caller.Name}/{!$NamedCredential.Name}/{!$Principal.Name}', sequenceNumber: 1}",
            ])
            .With("Kept", aws, KeyId, Secret, fields:
            [
                "callerHeaders:",
                "  remove: [X-Drop, User-Agent]",
                "  keepAs:",
                "    - {name: Authorization, as: X-Original-Authorization}",
                "    - {name: X-Old, as: X-New}",
            ])
            .ToString();
    }

    [Fact]
    public async Task Caller_WhoSigned_IsSignedAnew()
    {
        var echo = await EchoAsync("/Api/x?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=c&keep=1&X-Amz-Date=d&X-Amz-Expires=1&X-Amz-SignedHeaders=host&x-amz-signature=f&X-Amz-Security-Token=t",
            "Authorization: AWS4-HMAC-SHA256 Credential=THEIRS/x", "X-Amz-Date: 20200101T000000Z", "X-Amz-Security-Token: theirs", "X-Amz-Region-Set: *");

        Assert.Equal("/x?keep=1", echo.Target);
        Assert.StartsWith($"AWS4-HMAC-SHA256 Credential={KeyId}/", Assert.Single(echo.Values("Authorization")), StringComparison.Ordinal);
        Assert.DoesNotContain("20200101", Assert.Single(echo.Values("X-Amz-Date")), StringComparison.Ordinal);
        Assert.Empty(echo.Values("X-Amz-Security-Token"));
        Assert.Empty(echo.Values("X-Amz-Region-Set"));
    }

    [Fact]
    public async Task Connection_Listed_IsDropped()
    {
        var echo = await EchoAsync(
            "/Api/x", "X-Hop: 1", "X-Amz-Meta-Hop: 2", "X-Far: 3", "Connection: X-Hop", "Connection: x-amz-meta-hop", "Keep-Alive: 5", "TE: trailers");

        Assert.Empty(echo.Values("X-Hop"));
        Assert.Empty(echo.Values("X-Amz-Meta-Hop"));
        Assert.Empty(echo.Values("Keep-Alive"));
        Assert.Empty(echo.Values("Connection"));
        Assert.Equal(["3"], echo.Values("X-Far"));
    }

    [Fact]
    public async Task Signed_AreThoseOfTheList_AndOthersAreForwarded()
    {
        string[] unsigned =
        [
            "User-Agent: app/1", "Accept: */*", "Accept-Encoding: gzip", "Range: bytes=0-1", "Cookie: a=b", "Via: 1.1 me", "Forwarded: for=1.2.3.4",
            "X-Forwarded-For: 1.2.3.4", "X-App: 1", "X-Amzn-Trace-Id: Root=1", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ];

        var echo = await EchoAsync("/Api/x", [.. unsigned, "Content-Type: text/plain", "Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==", "X-Amz-Target: Do"]);

        Assert.Equal(["content-md5", "content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-target"], echo.SignedHeaders);
        foreach (var line in unsigned)
            Assert.Contains(echo.Headers, header => header.Equals(line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Host_IsTheDestinations_WithItsPort()
    {
        var echo = await EchoAsync("/Api/x");

        Assert.Equal([stage.Aws.Address.Authority], echo.Values("Host"));
        Assert.Contains($"host:{stage.Aws.Address.Authority}", echo.CanonicalRequest);
    }

    [Fact]
    public async Task SignHost_IsSignedAndSent()
    {
        var echo = await EchoAsync("/SignHost/x");

        Assert.Equal(["vpce.example:8443"], echo.Values("Host"));
        Assert.Contains("host:vpce.example:8443", echo.CanonicalRequest);
    }

    [Fact]
    public async Task Signed_Repeated_AreSentAsOneLine()
    {
        var echo = await EchoAsync("/Api/x", "X-Amz-Meta-A: 2", "X-Amz-Meta-A: 1,3", "X-Amz-Meta-B:   b   c  ");

        Assert.Equal("2,1,3", Assert.Single(echo.Values("X-Amz-Meta-A")).Replace(" ", "", StringComparison.Ordinal));
        Assert.Contains("x-amz-meta-b:b c", echo.CanonicalRequest);
    }

    [Fact]
    public async Task Custom_ReplaceTheCallersInSequence_AndAreSigned()
    {
        var echo = await EchoAsync("/Custom/x", "X-Both: mine", "x-several: mine", "Content-Type: mine/type", "X-External: mine", "X-Other: mine");

        Assert.Equal(["of the named credential"], echo.Values("X-Both"));
        Assert.Equal("first,second", Assert.Single(echo.Values("X-Several")).Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(["application/x-custom"], echo.Values("Content-Type"));
        Assert.Equal(["external"], echo.Values("X-External"));
        Assert.Equal(["mine"], echo.Values("X-Other"));
        Assert.Equal(["content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-both", "x-external", "x-merge", "x-several"], echo.SignedHeaders);
    }

    [Fact]
    public async Task MergeFields_AreFilledInWhereAllowed()
    {
        Assert.Equal(["by {!$Caller.Name}"], (await EchoAsync("/Custom/x")).Values("X-Merge"));
        Assert.Equal(["local/Merged/One"], (await EchoAsync("/Merged/x")).Values("X-Merge"));
    }

    [Fact]
    public async Task CallerHeaders_AreRemovedOrKeptUnderAnotherName()
    {
        var echo = await EchoAsync("/Kept/x", "x-drop: 1", "User-Agent: app/1", "Authorization: Bearer theirs", "X-Old: a", "X-Old: b", "X-New: forged", "X-Original-Authorization: forged");

        Assert.Empty(echo.Values("X-Drop"));
        Assert.Empty(echo.Values("User-Agent"));
        Assert.Empty(echo.Values("X-Old"));
        Assert.Equal("a,b", string.Join(',', echo.Values("X-New")).Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(["Bearer theirs"], echo.Values("X-Original-Authorization"));
    }

    [Fact]
    public async Task CallerHeaders_KeptWithoutBeingSent_CannotBeForged()
    {
        var echo = await EchoAsync("/Kept/x", "X-Original-Authorization: forged");

        Assert.Empty(echo.Values("X-Original-Authorization"));
    }

    [Fact]
    public async Task Ours_AreRemovedBothWays()
    {
        var (answer, head) = await CannedAsync("/Canned/x", "X-SigningProxy-Session: mine", "x-signingproxy-any: mine", "X-Mine: kept");

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain("signingproxy", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("X-Mine: kept", head, StringComparison.Ordinal);
        Assert.DoesNotContain("signingproxy", answer.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("X-Theirs: kept", answer.Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-SigningProxy-Session: 1", "X-SigningProxy-Session: 2")]
    [InlineData("x-signingproxy-any: 1", "X-SigningProxy-Any: 1")]
    public async Task Ours_Repeated_AreRefused(string first, string second)
    {
        var (answer, arrived) = await stage.GetAsync("/Api/x", first, second);

        Assert.Equal(400, answer.Status);
        Assert.Contains("\"code\":\"reserved_header\"", answer.Body, StringComparison.Ordinal);
        Assert.Empty(arrived);
    }

    [Fact]
    public async Task CallersOwnAuthorization_GoesOnUntouched()
    {
        const string query = "b=2&a=1&X-Amz-Signature=theirs&q=a+b&acl";
        var (_, head) = await CannedAsync($"/CallersOwn/a//./b%2f?{query}",
            "Authorization: AWS4-HMAC-SHA256 theirs", "X-Amz-Date: 20200101T000000Z", "X-Amz-Security-Token: token", "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD");

        Assert.StartsWith($"GET /base/a//./b%2f?{query} HTTP/1.1\n", head, StringComparison.Ordinal);
        Assert.Contains("Authorization: AWS4-HMAC-SHA256 theirs\n", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("X-Amz-Date: 20200101T000000Z\n", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("X-Amz-Security-Token: token\n", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("X-Amz-Content-Sha256: UNSIGNED-PAYLOAD\n", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(KeyId, head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallersOwnAuthorization_WhenNoneIsGiven_NoneIsSent()
    {
        var (_, head) = await CannedAsync("/CallersOwn/x");

        Assert.DoesNotContain("Authorization", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("X-Amz-", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Redirect_GoesToTheCaller()
    {
        stage.Redirecting.Heads.Clear();
        var answer = await RawClient.GetAsync(stage.Proxy.Address, "/Redirecting/x");

        Assert.Equal(307, answer.Status);
        Assert.Contains("Location: /elsewhere", answer.Head, StringComparison.Ordinal);
        Assert.Single(stage.Redirecting.Heads);
    }

    [Fact]
    public async Task Expect_IsForThisHopAlone()
    {
        stage.Canned.Heads.Clear();
        await RawClient.SendAsync(stage.Proxy.Address, "PUT /Canned/x HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");

        Assert.DoesNotContain("Expect", Assert.Single(stage.Canned.Heads), StringComparison.OrdinalIgnoreCase);
    }

    private async Task<(RawAnswer Answer, string Head)> CannedAsync(string target, params string[] headerLines)
    {
        stage.Canned.Heads.Clear();
        var answer = await RawClient.GetAsync(stage.Proxy.Address, target, headerLines);
        return (answer, Assert.Single(stage.Canned.Heads));
    }

    private Task<Echo> EchoAsync(string target, params string[] headerLines) => EchoAsync(() => stage.GetAsync(target, headerLines));

    private static async Task<Echo> EchoAsync(Func<Task<(RawAnswer Answer, IReadOnlyList<SeenRequest> Arrived)>> exchange)
    {
        var (answer, arrived) = await exchange();
        Assert.True(arrived is [{ Verified: true }], answer.Body);
        using var echo = JsonDocument.Parse(answer.Body);
        var root = echo.RootElement;
        return new Echo(root.GetProperty("rawTarget").GetString()!, Texts("headers"), Texts("signedHeaders"), Texts("canonicalRequest"));

        string[] Texts(string name) => [.. root.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
    }

    /// <summary>What the destination received and verified.</summary>
    private sealed record Echo(string Target, string[] Headers, string[] SignedHeaders, string[] CanonicalRequest)
    {
        public string[] Values(string name) =>
            [.. Headers.Where(h => h.StartsWith($"{name}: ", StringComparison.OrdinalIgnoreCase)).Select(h => h[(name.Length + 2)..])];
    }
}
