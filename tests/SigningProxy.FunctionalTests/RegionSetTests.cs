using System.Text.Json;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests;

/// <summary>Signature Version 4a: one signature for a set of regions, as whoever verifies it sees it.</summary>
public sealed class RegionSetTests(RegionSetTests.SeveralRegions stage) : IClassFixture<RegionSetTests.SeveralRegions>
{
    private const string KeyId = "AKIDACROSSREGIONS";
    private const string Bound = "AKIDBOUNDTOAREGION";
    private const string Secret = "the-secret-of-all-regions";

    public sealed class SeveralRegions : IAsyncLifetime
    {
        private static readonly string[] Names = ["Two", "All", "Europe", "America", "Forged", "Files"];

        private readonly CannedDestination _canned = new("HTTP/1.1 200 OK");

        internal LocalAwsServer Aws { get; private set; } = null!;

        internal ProxyProcess Proxy { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Keys = [new(KeyId, Secret), new(Bound, Secret, Region: "us-east-1")] });
            Proxy = await ProxyProcess.StartAsync($$"""
                externalCredentials:
                {{External("Two", "'eu-west-1,eu-central-1'")}}
                {{External("All", "'*'")}}
                {{External("Europe", "'eu-*'", keyId: Bound)}}
                {{External("America", "'eu-west-1,us-*'", keyId: Bound)}}
                {{External("Forged", "'*'", secret: "another-secret")}}
                {{External("Files", "'*'", "s3")}}
                namedCredentials:
                {{string.Concat(Names.Select(n => $"  - {{name: {n}, label: {n}, url: '{Aws.Address}', externalCredential: {n}}}\n"))}}
                  - {name: Kept, label: Kept, url: '{{_canned.Address}}', externalCredential: Two}
                permissionSets:
                  - {name: Everyone, callers: ["*"], principals: [{{string.Join(", ", Names.Select(n => $"{n}-One"))}}]}

                """);
        }

        public async ValueTask DisposeAsync()
        {
            await Proxy.DisposeAsync();
            await Aws.DisposeAsync();
            await _canned.DisposeAsync();
        }

        internal Task<RawAnswer> GetAsync(string target, params string[] headerLines)
        {
            Aws.ClearRequests();
            return RawClient.GetAsync(Proxy.Address, target, headerLines);
        }

        /// <summary>The head of a request that the proxy has signed, as it came.</summary>
        internal async Task<string> SignedAsync(string target)
        {
            _canned.Heads.Clear();
            await RawClient.GetAsync(Proxy.Address, target);
            return Assert.Single(_canned.Heads);
        }

        private static string External(string name, string regions, string service = "execute-api", string keyId = KeyId, string secret = Secret) =>
            $"  - {{name: {name}, label: {name}, authenticationProtocol: AwsSignatureV4a, service: {service}, region: {regions}, "
            + $"principals: [{{name: One, sequenceNumber: 1, accessKey: {{value: {keyId}}}, accessSecret: {{value: {secret}}}}}]}}";
    }

    [Theory]
    [InlineData("Two", "eu-west-1,eu-central-1")]
    [InlineData("All", "*")]
    [InlineData("America", "eu-west-1,us-*")]
    public async Task Call_IsSignedForTheSet_WhateverTheCallerSaysOfRegions(string named, string regions)
    {
        var answer = await stage.GetAsync($"/{named}/a%20b?b=2&a=1", "X-Amz-Region-Set: ap-south-1", "Authorization: AWS4-ECDSA-P256-SHA256 Credential=AKIDOFTHECALLER0/20260101/execute-api/aws4_request");

        Assert.Equal(200, answer.Status);
        using var echo = JsonDocument.Parse(answer.Body);
        Assert.Equal("AWS4-ECDSA-P256-SHA256", echo.RootElement.GetProperty("stringToSign")[0].GetString());
        Assert.Equal([$"X-Amz-Region-Set: {regions}"], Texts(echo, "headers").Where(h => h!.StartsWith("X-Amz-Region-Set", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(["host", "x-amz-content-sha256", "x-amz-date", "x-amz-region-set"], Texts(echo, "signedHeaders"));
        Assert.Equal("", echo.RootElement.GetProperty("scope").GetProperty("region").GetString());
    }

    [Fact]
    public async Task Object_OfAnOddName_IsPutAndReadBack()
    {
        const string target = "/Files/bucket/a//b%20c/./d+e%2Ff";
        stage.Aws.ClearRequests();

        var put = await RawClient.SendAsync(stage.Proxy.Address, $"PUT {target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
        var got = await stage.GetAsync(target);

        Assert.Equal((200, 200, "hello"), (put.Status, got.Status, got.Body));
    }

    [Theory]
    [InlineData("/Forged/x", "SignatureDoesNotMatch")]
    [InlineData("/Europe/x", "does not cover the region 'us-east-1'")]
    public async Task Call_ThatTheDestinationDoesNotBelieve_GetsItsRefusal(string target, string told)
    {
        var answer = await stage.GetAsync(target);

        Assert.Equal(403, answer.Status);
        Assert.Contains(told, answer.Body, StringComparison.Ordinal);
        Assert.False(Assert.Single(stage.Aws.Requests).Verified);
    }

    [Theory]
    [InlineData("", "", 200)]
    [InlineData("/thing", "/other", 403)]
    [InlineData("a=1", "a=2", 403)]
    [InlineData("eu-west-1,eu-central-1", "*", 403)]
    [InlineData("X-Amz-Date: 20", "X-Amz-Date: 19", 403)]
    [InlineData("execute-api/aws4_request", "lambda/aws4_request", 403)]
    public async Task Request_WhenTampered_IsRefused(string sent, string tampered, int status)
    {
        var signed = (await stage.SignedAsync("/Kept/thing?a=1")).ReplaceLineEndings("\r\n");
        Assert.Contains(sent, signed, StringComparison.Ordinal);
        stage.Aws.ClearRequests();

        var answer = await RawClient.SendAsync(stage.Aws.Address, (sent.Length == 0 ? signed : signed.Replace(sent, tampered, StringComparison.Ordinal)) + "\r\n");

        Assert.Equal((status, status == 200), (answer.Status, Assert.Single(stage.Aws.Requests).Verified));
    }

    private static IEnumerable<string?> Texts(JsonDocument echo, string name) => echo.RootElement.GetProperty(name).EnumerateArray().Select(h => h.GetString());
}
