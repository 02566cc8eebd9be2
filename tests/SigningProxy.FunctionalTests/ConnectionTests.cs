using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class ConnectionTests(ConnectionTests.OneDestination stage) : IClassFixture<ConnectionTests.OneDestination>
{
    private const string KeyId = "AKIDCONNECTION00";

    public sealed class OneDestination : Stage
    {
        private protected override IReadOnlyList<string> KeyIds => [KeyId];

        private protected override string Catalog(Uri aws) => new CatalogText().With("Api", aws, KeyId, Secret).ToString();
    }

    // The server makes one word of a list that holds close, keep-alive or upgrade, unless it is kept from that.
    [Theory]
    [InlineData("Connection: X-Hop, X-Amz-Meta-Hop")]
    [InlineData("Connection: close, X-Hop, X-Amz-Meta-Hop")]
    [InlineData("Connection: X-Hop,x-amz-meta-hop,Close")]
    [InlineData("Connection: keep-alive, X-Hop, X-Amz-Meta-Hop")]
    [InlineData("Connection: X-Hop, upgrade, X-Amz-Meta-Hop")]
    [InlineData("Connection: close", "Connection: X-Hop, X-Amz-Meta-Hop")]
    [InlineData("Connection: X-Hop", "Connection: keep-alive", "Connection: X-Amz-Meta-Hop")]
    [InlineData("Connection: upgrade", "Connection: X-Hop", "Connection: X-Amz-Meta-Hop")]
    public async Task Listed_WhateverElseConnectionSays_IsDropped(params string[] lines)
    {
        var (answer, arrived) = await stage.SendAsync(
            $"GET /Api/x HTTP/1.1\r\nHost: localhost\r\nX-Hop: 1\r\nX-Amz-Meta-Hop: 2\r\nX-Far: 3\r\n{string.Concat(lines.Select(l => l + "\r\n"))}\r\n");

        // The echo of the destination, which tells every header it received and what was signed.
        Assert.True(arrived is [{ Verified: true }], answer.Body);
        Assert.DoesNotContain("hop", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("X-Far: 3", answer.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Connection_WhenNotInUtf8_IsRefusedByTheServer()
    {
        var (answer, arrived) = await stage.SendAsync("GET /Api/x HTTP/1.1\r\nHost: localhost\r\nConnection: X-\u00ff\r\n\r\n");

        Assert.Equal(400, answer.Status);
        Assert.Empty(arrived);
    }
}
