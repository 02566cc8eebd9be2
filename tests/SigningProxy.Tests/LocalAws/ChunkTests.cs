using System.Text;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.LocalAws;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.Tests.LocalAws;

/// <summary>AWS's own examples of bodies in chunks, whole and changed.</summary>
public sealed class ChunkTests
{
    private static readonly LocalKey Key = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static readonly string Content = new('a', 66_560);

    private static readonly string Signed =
        $"10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n{Content[..65_536]}\r\n"
        + $"400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n{Content[65_536..]}\r\n"
        + "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n";

    private static readonly string Trailing =
        $"10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n{Content[..65_536]}\r\n"
        + $"400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n{Content[65_536..]}\r\n"
        + "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"
        + "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n";

    [Fact]
    public void Verify_OfAwssSignedChunks_IsVerifiedAndTheirContentIsWhatTheyFramed() =>
        Assert.Equal(Content, Encoding.ASCII.GetString(Assert.IsType<Verified>(VerifySigned(Signed)).Content));

    [Fact]
    public void Verify_OfAwssSignedTrailer_IsVerifiedAndTheContentIsWhatItFramed() =>
        Assert.Equal(Content, Encoding.ASCII.GetString(Assert.IsType<Verified>(VerifyTrailing(Trailing)).Content));

    [Theory]
    [InlineData("\r\naaa", "\r\naab", "SignatureDoesNotMatch", "chunk 1")]
    [InlineData("a\r\n0;", "b\r\n0;", "SignatureDoesNotMatch", "chunk 2")]
    [InlineData("0055", "0056", "SignatureDoesNotMatch", "chunk 2")]
    [InlineData("b6c6", "b6c7", "SignatureDoesNotMatch", "chunk 3")]
    [InlineData("400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497", "400", "SignatureDoesNotMatch", "chunk 2")]
    [InlineData("0;chunk-signature=b6c6", "1;chunk-signature=b6c6", "IncompleteBody", null)]
    [InlineData("400;", "401;", "IncompleteBody", null)]
    [InlineData("400;", "zz;", "IncompleteBody", null)]
    [InlineData("f9\r\n\r\n", "f9\r\n", "IncompleteBody", null)]
    [InlineData("f9\r\n\r\n", "f9\r\n\r\nmore", "IncompleteBody", null)]
    [InlineData("f9\r\n\r\n", "f9\r\nx-amz-checksum-crc32c:sOO8/Q==\r\n\r\n", "MalformedTrailerError", null)]
    public void Verify_WhenAChunkWasChanged_IsRefused(string from, string to, string code, string? where)
    {
        var refused = AssertRefused(code, VerifySigned(Changed(Signed, from, to)));
        Assert.Contains(where ?? "", refused.Reason ?? "", StringComparison.Ordinal);
        if (where is not null)
            Assert.StartsWith("AWS4-HMAC-SHA256-PAYLOAD\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n", refused.StringToSign, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sOO8/Q==", "sOO8/A==", "SignatureDoesNotMatch")]
    [InlineData("d81f", "d81e", "SignatureDoesNotMatch")]
    [InlineData("x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n", "", "SignatureDoesNotMatch")]
    [InlineData("x-amz-checksum-crc32c:", "x-amz-checksum-crc32:", "SignatureDoesNotMatch")]
    [InlineData("x-amz-checksum-crc32c:sOO8/Q==\r\n", "", "SignatureDoesNotMatch")]
    [InlineData("x-amz-checksum-crc32c:sOO8/Q==", "x-amz-checksum-crc32c", "IncompleteBody")]
    public void Verify_WhenTheTrailerWasChanged_IsRefused(string from, string to, string code) =>
        AssertRefused(code, VerifyTrailing(Changed(Trailing, from, to)));

    [Theory]
    [InlineData("crc32c", "yZRlqg==", "hello world", null)]
    [InlineData("crc32", "DUoRhQ==", "hello world", null)]
    [InlineData("crc64nvme", "jSnVw/bqjr4=", "hello world", null)]
    [InlineData("sha256", "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=", "hello world", null)]
    [InlineData("crc32", "DUoRhQ==", "hello World", "BadDigest")]
    [InlineData("crc64nvme", "jSnVw/bqjr5=", "hello world", "BadDigest")]
    public void Checksum_OfAnUnsignedTrailer_IsHeldAgainstTheContent(string algorithm, string value, string content, string? code) =>
        Assert.Equal(code, (VerifyUnsigned($"b\r\n{content}\r\n0\r\nx-amz-checksum-{algorithm}:{value}\r\n\r\n", $"x-amz-checksum-{algorithm}") as Refused)?.Code);

    [Theory]
    [InlineData("b;chunk-signature=00\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n", "x-amz-checksum-crc32", "InvalidRequest")]
    [InlineData("b\r\nhello world\r\n0\r\n\r\n", "x-amz-checksum-crc32", "MalformedTrailerError")]
    [InlineData("b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n", "x-amz-checksum-crc32c", "MalformedTrailerError")]
    [InlineData("a\r\nhello worl\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n", "x-amz-checksum-crc32", "IncompleteBody")]
    public void Verify_WhenAnUnsignedBodyIsNotAsAnnounced_IsRefused(string body, string trailer, string code) =>
        AssertRefused(code, VerifyUnsigned(body, trailer));

    [Theory]
    [InlineData("content-encoding", "aws-chunked", "gzip", "InvalidRequest")]
    [InlineData("x-amz-decoded-content-length", "11", "x", "MissingContentLength")]
    [InlineData("x-amz-decoded-content-length", "11", "12", "IncompleteBody")]
    [InlineData("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER", "InvalidArgument")]
    public void Verify_WhenTheHeadersOfChunksAreNotRight_IsRefused(string name, string right, string wrong, string code) => AssertRefused(
        code, VerifyUnsigned("b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n", "x-amz-checksum-crc32", (name, right, wrong)));

    private static VerificationOutcome VerifySigned(string body) => Verify(body,
    [
        new("Host", "s3.amazonaws.com"), new("x-amz-date", "20130524T000000Z"), new("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        new("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"), new("Content-Encoding", "aws-chunked"),
        new("x-amz-decoded-content-length", "66560"), new("Content-Length", "66824"),
        Authorization("content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class",
            "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"),
    ]);

    private static VerificationOutcome VerifyTrailing(string body) => Verify(body,
    [
        new("Host", "s3.amazonaws.com"), new("x-amz-date", "20130524T000000Z"), new("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        new("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"), new("Content-Encoding", "aws-chunked"),
        new("x-amz-decoded-content-length", "66560"), new("x-amz-trailer", "x-amz-checksum-crc32c"),
        Authorization("content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer",
            "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e"),
    ]);

    /// <summary>Signed with the stand-in's own calculation, the one header changed before or not.</summary>
    private static VerificationOutcome VerifyUnsigned(string body, string trailer, (string Name, string Right, string Wrong)? change = null)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new("content-encoding", "aws-chunked"), new("host", "s3.amazonaws.com"), new("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
            new("x-amz-date", "20130524T000000Z"), new("x-amz-decoded-content-length", "11"), new("x-amz-trailer", trailer),
        ];
        if (change is { } changed)
            headers[headers.IndexOf(new(changed.Name, changed.Right))] = new(changed.Name, changed.Wrong);
        var names = headers.ConvertAll(header => header.Key);
        var lines = string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"));
        var payload = headers.Single(header => header.Key == "x-amz-content-sha256").Value;
        var canonical = $"PUT\n/examplebucket/chunkObject.txt\n\n{lines}\n{string.Join(';', names)}\n{payload}";
        var scope = new CredentialScope("20130524", "us-east-1", "s3");
        var signature = SignatureCalculation.Sign(Key.Secret, scope, SignatureCalculation.StringToSign("20130524T000000Z", scope, canonical));
        return Verify(body, [.. headers, Authorization(string.Join(';', names), signature)]);
    }

    private static KeyValuePair<string, string> Authorization(string signedHeaders, string signature) => new(
        "Authorization", $"AWS4-HMAC-SHA256 Credential={Key.AccessKeyId}/20130524/us-east-1/s3/aws4_request, SignedHeaders={signedHeaders}, Signature={signature}");

    private static VerificationOutcome Verify(string body, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));
        return new SignatureVerifier(_ => Key, UnsignedPayload.S3Family, time)
            .Verify(new("PUT", "/examplebucket/chunkObject.txt", headers, Encoding.ASCII.GetBytes(body)));
    }

    private static string Changed(string body, string from, string to)
    {
        var at = body.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        return string.Concat(body.AsSpan(0, at), to, body.AsSpan(at + from.Length));
    }

    private static Refused AssertRefused(string code, VerificationOutcome outcome)
    {
        var refused = Assert.IsType<Refused>(outcome);
        Assert.Equal(code, refused.Code);
        return refused;
    }
}
