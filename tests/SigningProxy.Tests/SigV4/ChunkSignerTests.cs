using System.Security.Cryptography;
using System.Text;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class ChunkSignerTests
{
    private static readonly CredentialScope Across = CredentialScope.Across("us-east-1", "s3");
    private static readonly RequestHeader[] Crc = [new("x-amz-checksum-crc32c", "sOO8/Q==")];

    // Amazon S3 API Reference: the upload of 66,560 letters a in chunks of 64 KiB.
    private static readonly PlainRequest Upload = new()
    {
        Method = "PUT",
        Path = "/examplebucket/chunkObject.txt",
        Host = "s3.amazonaws.com",
        Headers =
        [
            new("x-amz-storage-class", "REDUCED_REDUNDANCY"), new("Content-Encoding", "aws-chunked"),
            new("x-amz-decoded-content-length", "66560"),
        ],
        KeyId = "AKIAIOSFODNN7EXAMPLE",
        Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        Scope = new("us-east-1", "s3"),
        Instant = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero),
        Settings = SigningSettings.ForService("s3"),
    };

    private static readonly byte[] Letters = Enumerable.Repeat((byte)'a', 66_560).ToArray();

    [Fact]
    public void Sign_GivesTheDocumentedSignatures()
    {
        var upload = Upload with
        {
            Headers = [.. Upload.Headers, new("Content-Length", "66824")],
            Payload = PayloadHash.OfChunks(Upload.Scope),
        };
        var seed = upload.Sign().Signature;
        Assert.Equal("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9", seed);

        using var credentials = new SessionCredentials(upload.KeyId, upload.Secret);
        var signer = new ChunkSigner(credentials, upload.Scope, upload.Instant, seed);

        Assert.Equal("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648", Signed(signer, Letters.AsSpan(..65_536)));
        Assert.Equal("0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497", Signed(signer, Letters.AsSpan(65_536..)));
        Assert.Equal("b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9", Signed(signer, []));
    }

    [Fact]
    public void SignTrailer_GivesTheDocumentedSignature()
    {
        var upload = Upload with
        {
            Headers = [.. Upload.Headers, new("x-amz-trailer", "x-amz-checksum-crc32c")],
            Payload = PayloadHash.OfChunksWithTrailer(Upload.Scope),
        };
        var seed = upload.Sign().Signature;
        Assert.Equal("106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e", seed);

        using var credentials = new SessionCredentials(upload.KeyId, upload.Secret);
        var signer = new ChunkSigner(credentials, upload.Scope, upload.Instant, seed);

        Assert.Equal("b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2", Signed(signer, Letters.AsSpan(..65_536)));
        Assert.Equal("1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7", Signed(signer, Letters.AsSpan(65_536..)));
        Assert.Equal("2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992", Signed(signer, []));
        Assert.Equal("d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435", SignedTrailer(signer, Crc));
    }

    [Fact]
    public void SignHash_IsAsSignOfTheBytes()
    {
        using var credentials = new SessionCredentials(Upload.KeyId, Upload.Secret);
        var (one, other) = (Signer(credentials, Upload.Scope, "00"), Signer(credentials, Upload.Scope, "00"));
        var signature = new byte[one.SignatureLength];

        one.SignHash(SHA256.HashData(Letters), signature);

        Assert.Equal(Signed(other, Letters), Encoding.ASCII.GetString(signature));
    }

    // The strings to sign are those of aws-c-auth's tests.
    [Fact]
    public void Sign_AcrossRegions_PadsWhatItGivesAndLinksWhatItSigned()
    {
        using var credentials = new SessionCredentials(PlainRequest.SuiteKeyId, PlainRequest.SuiteSecret);
        var signer = Signer(credentials, Across, "5eed");

        var first = Signed(signer, Letters.AsSpan(..65_536));
        var last = Signed(signer, []);
        var trailer = SignedTrailer(signer, [new("Third", " 3rd"), new("first", "1st"), new("second", "2nd")]);

        Assert.All([first, last, trailer], signature => Assert.Matches(@"^30[0-9a-f]{134,142}\*{0,8}$", signature));
        Assert.All([first, last, trailer], signature => Assert.Equal(144, signature.Length));
        const string nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        Holds("PAYLOAD", $"5eed\n{nothing}\nbf718b6f653bebc184e1479f1935b8da974d701b893afcf49e701f3e2f9f9c5a", first);
        Holds("PAYLOAD", $"{first.TrimEnd('*')}\n{nothing}\n{nothing}", last);
        Holds("TRAILER", $"{last.TrimEnd('*')}\n83d8f190334fb741bc8daf73c891689d320bd8017756bc730c540021ed48001f", trailer);

        static void Holds(string kind, string end, string signature) => Assert.True(
            SigV4AKey.Verifies($"AWS4-ECDSA-P256-SHA256-{kind}\n20130524T000000Z\n20130524/s3/aws4_request\n{end}", signature.TrimEnd('*')), kind);
    }

    [Fact]
    public void Payload_SaysHowTheChunksAreSigned()
    {
        Assert.Equal("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", PayloadHash.OfChunks(Upload.Scope).Value);
        Assert.Equal("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", PayloadHash.OfChunksWithTrailer(Upload.Scope).Value);
        Assert.Equal("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", PayloadHash.OfChunks(Across).Value);
        Assert.Equal("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER", PayloadHash.OfChunksWithTrailer(Across).Value);
        Assert.Equal("STREAMING-UNSIGNED-PAYLOAD-TRAILER", PayloadHash.UnsignedChunksWithTrailer.Value);
    }

    [Fact]
    public void Sign_AfterTheCredentialsAreZeroed_Refuses()
    {
        var credentials = new SessionCredentials(Upload.KeyId, Upload.Secret);
        var signer = Signer(credentials, Upload.Scope, "00");
        Signed(signer, "a"u8);
        credentials.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Signed(signer, "a"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("é")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000")]
    public void Constructor_WhenTheSeedIsNone_Refuses(string seed)
    {
        using var credentials = new SessionCredentials("id", "secret");
        Assert.Throws<ArgumentException>(nameof(seed), () => Signer(credentials, Upload.Scope, seed));
    }

    [Fact]
    public void Sign_WhenSomethingIsAmiss_RefusesAndStaysWhereItWas()
    {
        using var credentials = new SessionCredentials(Upload.KeyId, Upload.Secret);
        var (signer, other) = (Signer(credentials, Upload.Scope, "00"), Signer(credentials, Upload.Scope, "00"));

        Assert.Throws<ArgumentException>("signature", () => signer.Sign("a"u8, new byte[63]));
        Assert.Throws<ArgumentException>("sha256", () => signer.SignHash(new byte[31], new byte[64]));
        Assert.Throws<ArgumentException>("trailer", () => signer.SignTrailer([], new byte[64]));

        Assert.Equal(Signed(other, "a"u8), Signed(signer, "a"u8));
    }

    [Fact]
    public void Sign_AllocatesNothing()
    {
        using var credentials = new SessionCredentials(Upload.KeyId, Upload.Secret);
        var signer = Signer(credentials, Upload.Scope, "00");
        var signature = new byte[signer.SignatureLength];
        signer.Sign("a"u8, signature);

        var allocated = Enumerable.Range(0, 10).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
                signer.Sign("a"u8, signature);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        Assert.Equal(0, allocated);
    }

    private static ChunkSigner Signer(SessionCredentials credentials, CredentialScope scope, string seed) =>
        new(credentials, scope, Upload.Instant, seed);

    private static string Signed(ChunkSigner signer, ReadOnlySpan<byte> chunk)
    {
        var signature = new byte[signer.SignatureLength];
        signer.Sign(chunk, signature);
        return Encoding.ASCII.GetString(signature);
    }

    private static string SignedTrailer(ChunkSigner signer, ReadOnlySpan<RequestHeader> trailer)
    {
        var signature = new byte[signer.SignatureLength];
        signer.SignTrailer(trailer, signature);
        return Encoding.ASCII.GetString(signature);
    }
}
