using System.Buffers;
using System.Text;
using System.Text.Json;
using SigningProxy.Audit;

namespace SigningProxy.Tests.Audit;

public sealed class AccessRecordTests
{
    private static readonly AccessRecord Least = new()
    {
        Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
        Method = "GET",
        Status = 401,
        BytesOut = 0,
        Duration = TimeSpan.FromTicks(12345),
    };

    [Fact]
    public void WriteTo_WhenAllIsThere_WritesItInOrder() => Assert.Equal(
        """{"time":"2026-01-02T03:04:05.678+00:00","caller":"orders","proof":"Token","namedCredential":"Inbox","principal":"Writer","method":"PUT","path":"/in/a%20b","query":"x=1","status":200,"refusal":"access_denied","reason":"no_grant","replay":"Replayed","bytesIn":5,"bytesOut":1099511627776,"durationMs":1500.25,"sessionMs":300.5,"bodyMs":0,"destinationMs":1000.125,"traceId":"0af7651916cd43dd8448eb211c80319c"}""" + "\n",
        Line(new AccessRecord
        {
            Time = Least.Time,
            Caller = "orders",
            Proof = "Token",
            NamedCredential = "Inbox",
            Principal = "Writer",
            Method = "PUT",
            Path = "/in/a%20b",
            Query = "x=1",
            Status = 200,
            Refusal = "access_denied",
            Reason = "no_grant",
            Replay = "Replayed",
            BytesIn = 5,
            BytesOut = 1L << 40,
            Duration = TimeSpan.FromMilliseconds(1500.25),
            Session = TimeSpan.FromMilliseconds(300.5),
            Body = TimeSpan.Zero,
            Destination = TimeSpan.FromMilliseconds(1000.125),
            TraceId = "0af7651916cd43dd8448eb211c80319c",
        }));

    [Fact]
    public void WriteTo_WhenLittleIsThere_WritesNoNulls() =>
        Assert.Equal("""{"time":"2026-01-02T03:04:05.678+00:00","method":"GET","status":401,"bytesOut":0,"durationMs":1.234}""" + "\n", Line(Least));

    [Theory]
    [InlineData("/a\"b\\c")]
    [InlineData("/a\r\nb\u0000\u001b[31m\u2028")]
    [InlineData("/é😀<&'>")]
    [InlineData("")]
    public void WriteTo_WhateverThePath_IsOneLineThatReadsBack(string path)
    {
        var line = Line(Least with { Path = path });

        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        Assert.All(line[..^1], c => Assert.InRange(c, ' ', '~'));
        Assert.Equal(path, JsonDocument.Parse(line).RootElement.GetProperty("path").GetString());
    }

    [Fact]
    public void WriteTo_WhenATextIsBroken_WritesWhatCanBe() => Assert.Contains("\"path\":\"/a\\uFFFDb\"", Line(Least with { Path = "/a\ud800b" }), StringComparison.Ordinal);

    private static string Line(AccessRecord record)
    {
        var line = new ArrayBufferWriter<byte>();
        record.WriteTo(line);
        return Encoding.UTF8.GetString(line.WrittenSpan);
    }
}
