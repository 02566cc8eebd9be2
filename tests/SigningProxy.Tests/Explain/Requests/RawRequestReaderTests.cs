using System.Text;
using SigningProxy.Explain;
using SigningProxy.Explain.Requests;

namespace SigningProxy.Tests.Explain.Requests;

public sealed class RawRequestReaderTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Read_WhateverEndsItsLines_IsTheSame(string end)
    {
        var request = Read(string.Join(end, "PUT /a%20b/?x=1&y HTTP/1.1", "Host: example.com", "X-Two:  2 \t", "x-two:3", "", "body\r\nof two lines"));

        Assert.Equal(("PUT", "/a%20b/", "x=1&y", "https"), (request.Method, request.Path, request.Query, request.Scheme));
        Assert.Equal(["Host=example.com", "X-Two=2", "x-two=3"], request.Headers.Select(h => $"{h.Name}={h.Value}"));
        Assert.Equal("body\r\nof two lines", Encoding.UTF8.GetString(request.Body.Span));
        Assert.Empty(request.Notes);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\nHost: a")]
    [InlineData("GET / HTTP/1.1\nHost: a\n")]
    [InlineData("GET / HTTP/1.1\nHost: a\n\n")]
    [InlineData("\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("\uFEFFGET / HTTP/1.1\nHost: a")]
    public void Read_WhenThereIsNoBody_HasAnEmptyOne(string text)
    {
        var request = Read(text);

        Assert.Equal(("GET", "a", 0), (request.Method, request.Header("HOST"), request.Body.Length));
    }

    [Fact]
    public void Read_WhenAHeaderIsFolded_IsOneLine() =>
        Assert.Equal("value1 value2 value3", Read("GET / HTTP/1.1\nHost: a\nMy-Header1:value1\n  value2\n\t value3\n").Header("my-header1"));

    [Theory]
    [InlineData("GET /example space/?p=a b HTTP/1.1", "/example space/", "p=a b")]
    [InlineData("GET /ሴ HTTP/1.1", "/ሴ", "")]
    [InlineData("GET //a/../b HTTP/1.0", "//a/../b", "")]
    public void Read_OfAPublishedSuitesTarget_KeepsItAsWritten(string line, string path, string query)
    {
        var request = Read($"{line}\nHost: a\n");

        Assert.Equal((path, query), (request.Path, request.Query));
    }

    [Theory]
    [InlineData("GET http://localhost:4566/a?b HTTP/1.1\n", "http", "localhost:4566", "/a", "b")]
    [InlineData("GET HTTPS://example.com HTTP/1.1\n", "https", "example.com", "/", "")]
    [InlineData("GET https://example.com?a HTTP/1.1\nHost: other.example.com\n", "https", "other.example.com", "/", "a")]
    public void Read_WhenTheTargetIsAUrl_TakesItApart(string text, string scheme, string host, string path, string query)
    {
        var request = Read(text);

        Assert.Equal((scheme, host, path, query), (request.Scheme, request.Header("Host"), request.Path, request.Query));
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\nHost: a\nContent-Length: 3\n\nabc\n", "abc", "left out")]
    [InlineData("POST / HTTP/1.1\nHost: a\nContent-Length: 3\n\nabc\r\n", "abc", "left out")]
    [InlineData("POST / HTTP/1.1\nHost: a\nContent-Length: 3\n\nabc", "abc", null)]
    [InlineData("POST / HTTP/1.1\nHost: a\n\nabc\n", "abc\n", "ends in a line feed")]
    [InlineData("POST / HTTP/1.1\nHost: a\n\n\n\nabc", "\n\nabc", null)]
    public void Read_OfABody_TellsWhatBecomesOfItsEnd(string text, string body, string? note)
    {
        var request = Read(text);

        Assert.Equal(body, Encoding.UTF8.GetString(request.Body.Span));
        Assert.Equal(note is not null, request.Notes.Count == 1);
        Assert.Contains(note ?? "", string.Concat(request.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhenTheBodyIsNoText_KeepsItsBytes()
    {
        byte[] body = [0xFF, 0x00, 0x0D, 0x0A, 0x80];

        Assert.Equal(body, RawRequestReader.Read((byte[])[.. "PUT / HTTP/1.1\nHost: a\n\n"u8, .. body]).Body.ToArray());
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n", "empty")]
    [InlineData("GET /\nHost: a", "line 1 of the request: it is no request line")]
    [InlineData("\nGET / HTTP/1.x\nHost: a", "line 2 of the request: it is no request line")]
    [InlineData("Host: a\nGET / HTTP/1.1", "line 1 of the request: it is no request line")]
    [InlineData(" GET / HTTP/1.1\nHost: a", "line 1 of the request: \"\" is no method")]
    [InlineData("> GET / HTTP/1.1\n> Host: a", "curl")]
    [InlineData("HTTP/1.1 403 Forbidden\n", "--compare")]
    [InlineData("GET example.com HTTP/1.1\nHost: a", "line 1 of the request: the target \"example.com\" does not begin with a slash")]
    [InlineData("GET /100% HTTP/1.1\nHost: a", "%25")]
    [InlineData("GET /?a=%2 HTTP/1.1\nHost: a", "%25")]
    [InlineData("GET / HTTP/1.1\n Host: a", "line 2 of the request: it begins with white space")]
    [InlineData("GET / HTTP/1.1\nHost: a\nnothing", "line 3 of the request: it has no colon")]
    [InlineData("GET / HTTP/1.1\nHost : a", "line 2 of the request: \"Host \" is no header name")]
    [InlineData("GET / HTTP/1.1\n:method: GET", "line 2 of the request: it is a pseudo-header of HTTP/2")]
    [InlineData("GET / HTTP/1.1\nHost: a\nhost: b", "line 3 of the request: Host comes a second time")]
    [InlineData("GET / HTTP/1.1\nHost: a\nX: \u0001", "line 3 of the request: it holds a control character")]
    [InlineData("GET / HTTP/1.1\nHost: a\nX: b\rY: c", "line 3 of the request: it holds a control character")]
    [InlineData("POST / HTTP/1.1\nHost: a\nContent-Length: 4\n\nabc", "Content-Length says 4 bytes, and 3 follow")]
    [InlineData("POST / HTTP/1.1\nHost: a\nContent-Length: 2\n\nabc", "Content-Length says 2 bytes, and 3 follow")]
    [InlineData("POST / HTTP/1.1\nHost: a\nContent-Length: 3\nContent-Length: 4\n\nabc", "\"3\" and \"4\"")]
    [InlineData("POST / HTTP/1.1\nHost: a\nContent-Length: -1\n\nabc", "\"-1\"")]
    [InlineData("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\r\nabc\r\n0\r\n\r\n", "Transfer-Encoding")]
    public void Read_WhenItIsNoRequest_TellsLineAndMend(string text, string told) =>
        Assert.Contains(told, Assert.Throws<ExplainException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_WhenAHeaderIsNotUtf8_TellsTheLine() => Assert.Contains(
        "line 2 of the request: it is not UTF-8",
        Assert.Throws<ExplainException>(() => RawRequestReader.Read((byte[])[.. "GET / HTTP/1.1\nHost: "u8, 0xFF])).Message, StringComparison.Ordinal);

    private static RawRequest Read(string text) => RawRequestReader.Read(Encoding.UTF8.GetBytes(text));
}
