using System.Net;
using System.Text;
using SigningProxy.Forwarding;

namespace SigningProxy.Tests.Forwarding;

public sealed class AnswerCodeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"__type":"ExpiredTokenException"}""", "ExpiredTokenException")]
    [InlineData("""{"__type":"com.amazon.coral.service#UnrecognizedClientException","message":"m"}""", "UnrecognizedClientException")]
    [InlineData("""{"__type":"com.amazon#Code:http://internal.amazon.com/coral/"}""", "Code")]
    [InlineData("""{"__type":"Code:http://internal.amazon.com/a#b"}""", "Code")]
    [InlineData("""{"message":"m","code":"ExpiredToken"}""", "ExpiredToken")]
    [InlineData("""{"Code":"ExpiredToken"}""", "ExpiredToken")]
    [InlineData("  \r\n\t{\n \"code\" : \"ExpiredToken\" }", "ExpiredToken")]
    [InlineData("""{"\u005f_type":"Expired\u0054oken"}""", "ExpiredToken")]
    [InlineData("""{"a":{"__type":"Inner"},"b":[{"code":"Inner"}],"__type":"Outer"}""", "Outer")]
    [InlineData("""{"a":{"__type":"Inner"},"b":[{"code":"Inner"}]}""", null)]
    [InlineData("""{"code":42,"__type":"ExpiredToken"}""", "ExpiredToken")]
    [InlineData("""{"code":null}""", null)]
    [InlineData("""{"code":{"code":"Inner"}}""", null)]
    [InlineData("""{"message":"\"__type\":\"ExpiredToken\""}""", null)]
    [InlineData("""{"type":"ExpiredToken"}""", null)]
    [InlineData("""["__type","ExpiredToken"]""", null)]
    [InlineData("""{"__type":"ExpiredToken","message":"cut o""", "ExpiredToken")]
    [InlineData("""{"__type":"ExpiredTok""", null)]
    [InlineData("""{"__type":""", null)]
    [InlineData("""{nonsense, "__type":"ExpiredToken"}""", null)]
    [InlineData("""{"__type":"\ud800"}""", null)]
    [InlineData("""{"\ud800":1,"__type":"ExpiredToken"}""", null)]
    [InlineData("<Error><Code>ExpiredToken</Code><Message>m</Message></Error>", "ExpiredToken")]
    [InlineData("""<?xml version="1.0"?><ErrorResponse><Error><Type>Sender</Type><Code> InvalidClientTokenId </Code></Error></ErrorResponse>""", "InvalidClientTokenId")]
    [InlineData("<Error><Code>Expired", null)]
    [InlineData("<Error><Message>m</Message></Error>", null)]
    [InlineData("<html>", null)]
    [InlineData("ExpiredToken", null)]
    [InlineData("", null)]
    public void In_ABody_IsItsCode(string body, string? code) => Assert.Equal(code, AnswerCode.In(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void In_JsonThatIsNoUtf8_IsNoCode() => Assert.Null(AnswerCode.In([.. "{\"__type\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8]));

    [Fact]
    public void In_JsonNestedBeyondMeasure_IsNoCode() =>
        Assert.Null(AnswerCode.In(Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 5000) + "{\"__type\":\"ExpiredToken\"}")));

    [Fact]
    public void In_XmlWithACodeLongerThanAny_IsNoCode() => Assert.Null(AnswerCode.In(Encoding.UTF8.GetBytes($"<Code>{new string('x', 129)}</Code>")));

    [Theory]
    [InlineData("ExpiredTokenException", "ExpiredTokenException")]
    [InlineData("ExpiredTokenException:http://internal.amazon.com/coral/com.amazon.coral.service/", "ExpiredTokenException")]
    [InlineData("com.amazon.coral#ExpiredTokenException:http://internal", "ExpiredTokenException")]
    public async Task Read_WhenAHeaderTellsTheCode_LeavesTheBodyUnread(string header, string code)
    {
        var body = new OddStream("""{"__type":"Other"}"""u8.ToArray());
        using var answer = new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StreamContent(body) };
        answer.Headers.TryAddWithoutValidation("X-Amzn-ErrorType", header);

        Assert.Equal(code, await AnswerCode.ReadAsync(new MessageAnswer(answer), Cancellation));

        Assert.Equal(0, body.Position);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(100, false)]
    [InlineData(16 * 1024, true)]
    [InlineData(16 * 1024, false)]
    [InlineData((16 * 1024) + 1, false)]
    [InlineData(100_000, false)]
    public async Task Read_WhateverTheLength_LeavesTheBodyAsItCame(int length, bool told)
    {
        var body = Body("""{"__type":"ExpiredToken","message":" """, length);
        using var answer = Answer(body, told);

        Assert.Equal("ExpiredToken", await AnswerCode.ReadAsync(new MessageAnswer(answer), Cancellation));

        Assert.Equal("application/x-amz-json-1.0", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(told ? length : null, answer.Content.Headers.ContentLength);
        using var copy = new MemoryStream();
        await (await answer.Content.ReadAsStreamAsync(Cancellation)).CopyToAsync(copy, Cancellation);
        Assert.Equal(body, copy.ToArray());
    }

    [Fact]
    public async Task Read_WhenTheBodyIsCopiedWhole_GivesAllOfIt()
    {
        var body = Body("<Error>", 40_000);
        using var answer = Answer(body, told: false);

        Assert.Null(await AnswerCode.ReadAsync(new MessageAnswer(answer), Cancellation));

        using var copy = new MemoryStream();
        await answer.Content.CopyToAsync(copy, Cancellation);
        Assert.Equal(body, copy.ToArray());
    }

    [Fact]
    public async Task Read_WhenTheCodeStandsBeyondTheBeginning_DoesNotFindIt()
    {
        var body = Body("<Error>", AnswerCode.MostBytes).Concat("<Code>ExpiredToken</Code>"u8.ToArray()).ToArray();
        using var answer = Answer(body, told: false);

        Assert.Null(await AnswerCode.ReadAsync(new MessageAnswer(answer), Cancellation));
    }

    [Fact]
    public async Task Read_WhenTheLengthToldIsLongerThanAnyError_LeavesTheBodyUnread()
    {
        var body = new OddStream(Body("""{"__type":"ExpiredToken","message":" """, AnswerCode.MostBytes + 1));
        using var answer = new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StreamContent(body) };
        answer.Content.Headers.ContentLength = AnswerCode.MostBytes + 1;

        Assert.Null(await AnswerCode.ReadAsync(new MessageAnswer(answer), Cancellation));

        Assert.Equal(0, body.Position);
    }

    [Fact]
    public async Task Read_WhenTheBodyIsCompressed_LeavesItUnread()
    {
        var body = new OddStream("""{"__type":"ExpiredToken"}"""u8.ToArray());
        using var answer = new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StreamContent(body) };
        answer.Content.Headers.ContentEncoding.Add("gzip");

        Assert.Null(await AnswerCode.ReadAsync(new MessageAnswer(answer), Cancellation));

        Assert.Equal(0, body.Position);
    }

    [Fact]
    public async Task Read_WhenThereIsNoBody_FindsNothing()
    {
        using var answer = Answer([], told: true);

        Assert.Null(await AnswerCode.ReadAsync(new MessageAnswer(answer), Cancellation));
    }

    private static HttpResponseMessage Answer(byte[] body, bool told)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StreamContent(new OddStream(body)) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.0");
        answer.Content.Headers.ContentLength = told ? body.Length : null;
        return answer;
    }

    private static byte[] Body(string beginning, int length)
    {
        var body = Encoding.ASCII.GetBytes(beginning);
        return [.. body, .. Enumerable.Range(0, length - body.Length).Select(i => (byte)('a' + (i % 26)))];
    }

    /// <summary>Gives odd amounts at a time and cannot go back, as an answer from the wire.</summary>
    private sealed class OddStream(byte[] body) : MemoryStream(body)
    {
        private int _reads;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + (_reads++ * 131))], cancellationToken);
    }

    [Fact]
    public async Task ReadAsync_WhenTheAnswerBreaksOff_BreaksOffForTheCallerToo()
    {
        using var answer = new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StreamContent(new BrokenStream("{\"__type\":\"ExpiredToken\",")) };

        Assert.Equal("ExpiredToken", await AnswerCode.ReadAsync(new MessageAnswer(answer), Cancellation));

        var stream = await answer.Content.ReadAsStreamAsync(Cancellation);
        var buffer = new byte[100];
        Assert.Equal(25, await stream.ReadAsync(buffer, Cancellation));
        await Assert.ThrowsAsync<IOException>(() => stream.ReadAsync(buffer, Cancellation).AsTask());
    }

    private sealed class BrokenStream(string beginning) : MemoryStream(Encoding.UTF8.GetBytes(beginning))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("reset");
    }
}
