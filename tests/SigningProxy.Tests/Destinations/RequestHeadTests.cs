using System.Text;
using SigningProxy.Destinations;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Destinations;

public sealed class RequestHeadTests
{
    [Theory]
    [InlineData("GET", "/a/b", "", "GET /a/b HTTP/1.1\r\nHost: h:1\r\nX-One: 1\r\nX-Utf8: \u00e9\u20ac\r\n\r\n")]
    [InlineData("DELETE", "/", "a=1&b", "DELETE /?a=1&b HTTP/1.1\r\nHost: h:1\r\nX-One: 1\r\nX-Utf8: \u00e9\u20ac\r\n\r\n")]
    [InlineData("POST", "/%2F", "", "POST /%2F HTTP/1.1\r\nHost: h:1\r\nX-One: 1\r\nX-Utf8: \u00e9\u20ac\r\nContent-Length: 0\r\n\r\n")]
    public void Write_WithoutABody_IsToTheLetter(string method, string path, string query, string expected) =>
        Assert.Equal(expected, Write(Request(method, path, query, body: null)));

    [Theory]
    [InlineData(0L, "Content-Length: 0")]
    [InlineData(long.MaxValue, "Content-Length: 9223372036854775807")]
    [InlineData(null, "Transfer-Encoding: chunked")]
    public void Write_WithABody_SaysHowItEnds(long? length, string line) =>
        Assert.EndsWith($"\r\n{line}\r\n\r\n", Write(Request("PUT", "/", "", new RequestBody(null, null, length))), StringComparison.Ordinal);

    [Theory]
    [InlineData("GE T", "/", "", "h", "A", "1")]
    [InlineData("", "/", "", "h", "A", "1")]
    [InlineData("GET", "/ HTTP/1.1", "", "h", "A", "1")]
    [InlineData("GET", "/\r\nX: 1", "", "h", "A", "1")]
    [InlineData("GET", "/\u00e9", "", "h", "A", "1")]
    [InlineData("GET", "", "", "h", "A", "1")]
    [InlineData("GET", "/", "a b", "h", "A", "1")]
    [InlineData("GET", "/", "a\n", "h", "A", "1")]
    [InlineData("GET", "/", "", "h\r\nX: 1", "A", "1")]
    [InlineData("GET", "/", "", "", "A", "1")]
    [InlineData("GET", "/", "", "h", "A:", "1")]
    [InlineData("GET", "/", "", "h", "", "1")]
    [InlineData("GET", "/", "", "h", "A", "1\r\nB: 2")]
    [InlineData("GET", "/", "", "h", "A", "1\n")]
    [InlineData("GET", "/", "", "h", "A", "1\0")]
    public void Write_WhatReadsAsSomethingElse_IsRefusedWithoutItsValue(string method, string path, string query, string host, string name, string value)
    {
        var request = new OutboundRequest { Method = method, Path = path, Query = query, Host = host };
        request.Headers.Add(new RequestHeader(name, value));

        var refused = Assert.Throws<UnsendableException>(() => Write(request));

        Assert.DoesNotContain("B: 2", refused.Message, StringComparison.Ordinal);
    }

    private static OutboundRequest Request(string method, string path, string query, RequestBody? body)
    {
        var request = new OutboundRequest { Method = method, Path = path, Query = query, Host = "h:1", Body = body };
        request.Headers.Add(new RequestHeader("X-One", "1"));
        request.Headers.Add(new RequestHeader("X-Utf8", "\u00e9\u20ac"));
        return request;
    }

    private static string Write(OutboundRequest request)
    {
        var bytes = new byte[RequestHead.MostBytes(request)];
        return Encoding.UTF8.GetString(bytes, 0, RequestHead.Write(request, bytes));
    }
}
