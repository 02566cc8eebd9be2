using System.Text;
using SigningProxy.Destinations;

namespace SigningProxy.Tests.Destinations;

public sealed class AnswerHeadTests
{
    [Fact]
    public void Parse_AUsualHead_GivesAllOfIt()
    {
        var head = Parse("HTTP/1.1 200 OK\r\nDate: Mon, 01 Jan 2026 00:00:00 GMT\r\ncontent-type:\tapplication/json \r\nX-Empty:\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 12\r\n\r\n");

        Assert.Equal((200, "OK", 12L, false, false), (head.Status, head.Reason, head.ContentLength, head.IsChunked, head.Closes));
        Assert.Equal(
            ["Date=Mon, 01 Jan 2026 00:00:00 GMT", "Content-Type=application/json", "X-Empty=", "Set-Cookie=a=1", "Set-Cookie=b=2", "Content-Length=12"],
            head.Headers.Select(h => $"{h.Name}={h.Value}"));
        Assert.Equal("application/json", head.Value("CONTENT-TYPE"));
        Assert.Null(head.Value("Server"));
    }

    [Theory]
    [InlineData("HTTP/1.1 204\r\n\r\n", 204, "")]
    [InlineData("HTTP/1.1 299 Their Own\r\n\r\n", 299, "Their Own")]
    [InlineData("HTTP/1.1 404 \r\n\r\n", 404, "")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n", 200, "OK")]
    [InlineData("HTTP/1.1 999 x\r\n\r\n", 999, "x")]
    public void Parse_StatusLine_IsReadToTheLetter(string text, int status, string reason)
    {
        var head = Parse(text);

        Assert.Equal((status, reason), (head.Status, head.Reason));
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked", true, null, false)]
    [InlineData("transfer-encoding: Chunked", true, null, false)]
    [InlineData("Content-Length: 5\r\nContent-Length: 5", false, 5L, false)]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked", true, null, true)]
    [InlineData("Connection: close", false, null, true)]
    [InlineData("connection: X-Hop, Close", false, null, true)]
    [InlineData("Connection: keep-alive", false, null, false)]
    public void Parse_Framing_GoesByTheRules(string lines, bool isChunked, long? length, bool closes)
    {
        var head = Parse($"HTTP/1.1 200 OK\r\n{lines}\r\n\r\n");

        Assert.Equal((isChunked, length, closes), (head.IsChunked, head.ContentLength, head.Closes));
    }

    [Fact]
    public void Parse_ConnectionInSeveralLines_IsAllOfThem()
    {
        var head = Parse("HTTP/1.1 200 OK\r\nConnection: X-One\r\nA: 1\r\nConnection: close, X-Two\r\n\r\n");

        Assert.Equal(("X-One,close, X-Two", true), (head.Connection, head.Closes));
    }

    [Fact]
    public void Parse_OfHttp10_ClosesTheConnection() => Assert.True(Parse("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n").Closes);

    [Theory]
    [InlineData("HTTP/2 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.2 200 OK\r\n\r\n")]
    [InlineData("http/1.1 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 20 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 -20 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 099 OK\r\n\r\n")]
    [InlineData("HTTP/1.1  200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200\tOK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 O\nK\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n: nameless\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nNo colon\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nName : value\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: 1\r\n folded\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: 1\nB: 2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: 1\rB: 2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: 1\0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n")]
    public void Parse_WhatIsNoHeadForAll_IsNoneForUs(string text) => Assert.Throws<BrokenAnswerException>(() => Parse(text));

    [Theory]
    [InlineData("", -1)]
    [InlineData("HTTP/1.1 200 OK\r\n", -1)]
    [InlineData("HTTP/1.1 200 OK\r\n\r", -1)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nbody", 19)]
    public void LengthIn_IsKnownOnceTheEmptyLineIsThere(string received, int length) => Assert.Equal(length, AnswerHead.LengthIn(Encoding.Latin1.GetBytes(received)));

    private static AnswerHead Parse(string text) => AnswerHead.Parse(Encoding.Latin1.GetBytes(text));
}
