using System.Text;
using FsCheck;
using FsCheck.Xunit;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class ChunkedEncodingTests
{
    private static readonly CredentialScope Scope = new("us-east-1", "s3");
    private static readonly CredentialScope Across = CredentialScope.Across("*", "s3");

    // The first is the documented upload; the others were counted by hand.
    [Theory]
    [InlineData(65_536, 66_560, 66_824)]
    [InlineData(65_536, 65_536, 65_536 + 90 + 86)]
    [InlineData(65_536, 1, 1 + 86 + 86)]
    [InlineData(65_536, 0, 86)]
    [InlineData(15, 16, 16 + 86 + 86 + 86)]
    [InlineData(16, 16, 16 + 87 + 86)]
    public void ContentLength_OfSignedChunks_CountsTheirFrames(int chunkSize, long decoded, long encoded) =>
        Assert.Equal(encoded, ChunkedEncoding.Signed(Scope, chunkSize).ContentLength(decoded));

    [Fact]
    public void ContentLength_WhenBeyondTwoGiB_IsNotCutOff() =>
        Assert.Equal(5_368_709_120L + (81_920L * 90) + 86, ChunkedEncoding.Signed(Scope, 65_536).ContentLength(5_368_709_120L));

    [Property(MaxTest = 300)]
    public void ContentLength_IsThatOfTheBodyWritten(PositiveInt chunkSize, NonNegativeInt decoded, bool trailer, int kind)
    {
        var encoding = (kind & 3) switch
        {
            0 => ChunkedEncoding.Unsigned(chunkSize.Get),
            1 => ChunkedEncoding.Signed(Across, chunkSize.Get),
            _ => ChunkedEncoding.Signed(Scope, chunkSize.Get),
        };
        const string line = "x-amz-checksum-crc32c:sOO8/Q==\r\n";
        var body = Written(encoding, decoded.Get, trailer ? line : "");

        Assert.Equal(body.Length, encoding.ContentLength(decoded.Get, trailer ? line.Length : 0));
    }

    [Fact]
    public void WriteFrame_WritesSizeAndSignature()
    {
        Assert.Equal($"10000;chunk-signature={new string('s', 64)}\r\n", Frame(ChunkedEncoding.Signed(Scope, 1), 65_536));
        Assert.Equal($"0;chunk-signature={new string('s', 144)}\r\n", Frame(ChunkedEncoding.Signed(Across, 1), 0));
        Assert.Equal("ff\r\n", Frame(ChunkedEncoding.Unsigned(1), 255));
    }

    [Fact]
    public void WriteFrame_WhenThereIsNoRoom_Refuses()
    {
        foreach (var encoding in new[] { ChunkedEncoding.Signed(Scope, 1), ChunkedEncoding.Unsigned(1) })
        {
            for (var room = 0; room < encoding.FrameLength(255); room++)
                Assert.Throws<ArgumentException>("to", () => encoding.WriteFrame(255, new byte[encoding.SignatureLength], new byte[room]));
        }
    }

    [Fact]
    public void WriteFrame_WhenTheSignatureHasAnotherLength_Refuses()
    {
        Assert.Throws<ArgumentException>("signature", () => ChunkedEncoding.Signed(Scope, 1).WriteFrame(16, new byte[63], new byte[200]));
        Assert.Throws<ArgumentException>("signature", () => ChunkedEncoding.Unsigned(1).WriteFrame(16, new byte[64], new byte[200]));
    }

    [Fact]
    public void Lengths_WhenOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ChunkedEncoding.Unsigned(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChunkedEncoding.Signed(Scope, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChunkedEncoding.Unsigned(1).ContentLength(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChunkedEncoding.Unsigned(1).ContentLength(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChunkedEncoding.Unsigned(1).WriteFrame(-1, [], new byte[20]));
    }

    private static string Frame(ChunkedEncoding encoding, int size)
    {
        var to = new byte[encoding.FrameLength(size)];
        var written = encoding.WriteFrame(size, Encoding.ASCII.GetBytes(new string('s', encoding.SignatureLength)), to);
        Assert.Equal(to.Length, written);
        return Encoding.ASCII.GetString(to);
    }

    private static string Written(ChunkedEncoding encoding, int decoded, string trailer)
    {
        var body = new StringBuilder();
        for (var left = decoded; left > 0; left -= encoding.ChunkSize)
        {
            var size = Math.Min(left, encoding.ChunkSize);
            body.Append(Frame(encoding, size)).Append('a', size).Append("\r\n");
        }
        body.Append(Frame(encoding, 0)).Append(trailer);
        if (trailer.Length > 0 && encoding.SignatureLength > 0)
            body.Append("x-amz-trailer-signature:").Append('s', encoding.SignatureLength).Append("\r\n");
        return body.Append("\r\n").ToString();
    }
}
