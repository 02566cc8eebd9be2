using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

/// <summary>A proxy before a destination that answers as a test says.</summary>
public sealed class OneAnswer : IAsyncLifetime
{
    private LocalAwsServer _aws = null!;
    private ProxyProcess _proxy = null!;

    internal AnsweringServer Destination { get; private set; } = null!;

    internal RequestDelegate Answer { get; set; } = _ => Task.CompletedTask;

    internal HttpClient Client { get; private set; } = null!;

    internal LocalCounts Counts => _aws.Counts;

    public async ValueTask InitializeAsync()
    {
        _aws = await LocalAwsServer.StartAsync(SessionStage.Believing());
        Destination = await AnsweringServer.StartAsync(context => Answer(context));
        _proxy = await ProxyProcess.StartAsync(new SessionCatalog().With("One", Destination.Address, SessionCatalog.AssumeRole(_aws.Address)).ToString());
        Client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = _proxy.Address };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _proxy.DisposeAsync();
        await Destination.DisposeAsync();
        await _aws.DisposeAsync();
    }
}

/// <summary>Error bodies that are looked into, or too large for it, come to the caller byte for byte.</summary>
public class UntouchedAnswerTests(OneAnswer stage) : IClassFixture<OneAnswer>
{
    private const string Denied = """{"__type":"AccessDeniedException","message":"denied"}""";
    private const string Expired = """{"__type":"ExpiredTokenException","message":"expired"}""";

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData((16 * 1024) - 1, true)]
    [InlineData(16 * 1024, true)]
    [InlineData((16 * 1024) + 1, true)]
    [InlineData(3_000_000, true)]
    [InlineData(1, false)]
    [InlineData(16 * 1024, false)]
    [InlineData((16 * 1024) + 1, false)]
    [InlineData(3_000_000, false)]
    public async Task Body_OfAnyLength_PassesByteForByte(int length, bool toldAhead) =>
        await AssertPassesAsync(RandomNumberGenerator.GetBytes(length), toldAhead);

    [Theory]
    [InlineData(Denied)]
    [InlineData("{")]
    [InlineData("<Error><Code>")]
    [InlineData("""{"__type":{"a":1},"code":7,"x":["ExpiredToken"]}""")]
    [InlineData("no code at all")]
    public async Task Body_WithoutACodeThatMeansTheToken_PassesByteForByte(string body)
    {
        await AssertPassesAsync(Encoding.UTF8.GetBytes(body), toldAhead: true);
        await AssertPassesAsync(Encoding.UTF8.GetBytes(body), toldAhead: false);
    }

    // What is longer than any error of AWS's is not looked into, nor is what is packed.
    [Fact]
    public async Task Body_ThatIsLongOrPacked_PassesByteForByte_WhateverItHolds()
    {
        await AssertPassesAsync(Encoding.UTF8.GetBytes(Expired + new string(' ', 16 * 1024)), toldAhead: true);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Expired), TestContext.Current.CancellationToken);
        await AssertPassesAsync(packed.ToArray(), toldAhead: true, "gzip");
        await AssertPassesAsync(packed.ToArray(), toldAhead: false, "gzip");
    }

    private async Task AssertPassesAsync(byte[] body, bool toldAhead, string? encoding = null)
    {
        stage.Destination.Came.Clear();
        stage.Answer = async context =>
        {
            context.Response.StatusCode = 403;
            if (toldAhead)
                context.Response.ContentLength = body.Length;
            if (encoding is not null)
                context.Response.Headers.ContentEncoding = encoding;
            await context.Response.StartAsync();
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        };

        using var answer = await stage.Client.GetAsync("/One/x", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        // Once it is read it has a length, whether one was told or not.
        var length = answer.Content.Headers.ContentLength;
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(toldAhead ? body.Length : null, length);
        Assert.Equal(encoding is null ? [] : [encoding], answer.Content.Headers.ContentEncoding);
        Assert.False(answer.Headers.Contains("X-SigningProxy-Replay"));
        Assert.Single(stage.Destination.Came);
        Assert.Equal(1, stage.Counts.AssumeRoleCalls);
    }
}
