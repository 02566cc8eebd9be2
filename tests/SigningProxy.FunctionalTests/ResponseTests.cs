using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class ResponseTests(OneScript stage) : IClassFixture<OneScript>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Content-Length: 11", "first", "second")]
    [InlineData("Transfer-Encoding: chunked", "5\r\nfirst\r\n", "6\r\nsecond\r\n0\r\n\r\n")]
    [InlineData("Content-Type: text/event-stream\r\nConnection: close", "first", "second")]
    public async Task Part_IsWithTheCallerBeforeTheNextIsWritten(string header, string first, string second)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stage.Destination.Script = async (stream, cancellation) =>
        {
            await ScriptedDestination.WriteAsync(stream, $"HTTP/1.1 200 OK\r\n{header}\r\n\r\n{first}", cancellation);
            await gate.Task.WaitAsync(cancellation);
            await ScriptedDestination.WriteAsync(stream, second, cancellation);
        };
        using var client = new HttpClient();
        using var limit = Wait.Limit();

        using var answer = await client.GetAsync(stage.Target, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
        var part = new byte[5];
        await body.ReadExactlyAsync(part, limit.Token);
        gate.SetResult();
        using var rest = new StreamReader(body);

        Assert.Equal("first", Encoding.ASCII.GetString(part));
        Assert.Equal("second", await rest.ReadToEndAsync(limit.Token));
    }

    [Fact]
    public async Task Large_PassesWholeAndIsNotHeld()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The peak of the resident memory is read from /proc.");
        const int piece = 64 * 1024;
        const int pieces = 1024;
        var bytes = RandomNumberGenerator.GetBytes(piece);
        stage.Destination.Script = async (stream, cancellation) =>
        {
            await ScriptedDestination.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {piece * pieces}\r\n\r\n", cancellation);
            for (var i = 0; i < pieces; i++)
                await stream.WriteAsync(bytes, cancellation);
        };
        using var expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < pieces; i++)
            expected.AppendData(bytes);
        using var client = new HttpClient();
        using var limit = Wait.Limit();
        var before = await PeakAsync();

        using var answer = await client.GetAsync(stage.Target, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        var hash = await SHA256.HashDataAsync(await answer.Content.ReadAsStreamAsync(limit.Token), limit.Token);

        Assert.Equal(expected.GetHashAndReset(), hash);
        var grown = await PeakAsync() - before;
        TestContext.Current.SendDiagnosticMessage("The peak grew by {0} KiB.", grown);
        Assert.True(grown < piece * pieces / 1024 / 4, $"The peak grew by {grown} KiB.");
    }

    [Theory]
    [InlineData("HEAD", "200 OK", "Content-Length: 1234")]
    [InlineData("HEAD", "404 Not Found", "Content-Type: application/xml")]
    [InlineData("GET", "204 No Content", "ETag: \"a\"")]
    [InlineData("GET", "304 Not Modified", "ETag: \"a\"")]
    [InlineData("DELETE", "204 No Content", "x-amz-delete-marker: true")]
    public async Task Answer_WithoutABody_PassesAndLeavesTheConnectionInOrder(string method, string status, string header)
    {
        stage.Destination.Script = (stream, cancellation) => ScriptedDestination.WriteAsync(stream, $"HTTP/1.1 {status}\r\n{header}\r\nConnection: close\r\n\r\n", cancellation);
        var request = $"{method} /Scripted/x HTTP/1.1\r\nHost: localhost\r\n";

        var answer = await RawClient.SendAsync(stage.Proxy.Address, $"{request}\r\n{request}Connection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer.Head, StringComparison.Ordinal);
        Assert.Contains(header, answer.Head, StringComparison.OrdinalIgnoreCase);
        // Nothing stands between the first head and the second.
        Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_Compressed_WithSeveralCookies_PassesAsItCame()
    {
        const string body = "not really gzip";
        stage.Destination.Script = (stream, cancellation) => ScriptedDestination.WriteAsync(
            stream, $"HTTP/1.1 299 Their Own\r\nContent-Encoding: gzip\r\nSet-Cookie: a=1, b\r\nSet-Cookie: c=2\r\nContent-Length: {body.Length}\r\n\r\n{body}", cancellation);

        var answer = await RawClient.GetAsync(stage.Proxy.Address, "/Scripted/x", "Accept-Encoding: gzip");

        Assert.StartsWith("HTTP/1.1 299 Their Own\r\n", answer.Head, StringComparison.Ordinal);
        Assert.Contains("Content-Encoding: gzip\r\n", answer.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Set-Cookie: a=1, b\r\n", answer.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Set-Cookie: c=2", answer.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(body, answer.Body);
    }

    /// <summary>The most memory the proxy has held, in KiB.</summary>
    private async Task<long> PeakAsync()
    {
        const string peak = "VmHWM:";
        var lines = await File.ReadAllLinesAsync($"/proc/{stage.Proxy.Id}/status", Cancellation);
        return long.Parse(Assert.Single(lines, l => l.StartsWith(peak, StringComparison.Ordinal)).AsSpan(peak.Length).Trim().TrimEnd("kB "), CultureInfo.InvariantCulture);
    }
}
