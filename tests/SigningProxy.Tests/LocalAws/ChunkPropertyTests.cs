using System.Security.Cryptography;
using System.Text;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.LocalAws;
using SigningProxy.LocalAws.Verification;
using SigningProxy.SigV4;
using SigningProxy.Tests.SigV4;
using CredentialScope = SigningProxy.SigV4.CredentialScope;

namespace SigningProxy.Tests.LocalAws;

/// <summary>A body that is signed here in chunks the stand-in takes apart and believes; and never when one byte of it was changed on the way.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public sealed class ChunkPropertyTests
{
    private const int ChunkSize = 8192;
    private const string Trailer = "x-amz-checksum-sha256";

    [Property]
    public void Chunks_AreVerifiedAndNeverWhenAByteWasChanged(PlainRequest request, int seed, bool withTrailer) =>
        Judge(request with { Scope = new("eu-west-1", "s3") }, new Random(seed), withTrailer);

    [Property]
    public void ChunksAcrossRegions_AreVerifiedAndNeverWhenAByteWasChanged(PlainRequest request, int seed, bool withTrailer) =>
        Judge(request with { Scope = CredentialScope.Across("*", "s3") }, new Random(seed), withTrailer);

    private static void Judge(PlainRequest request, Random random, bool withTrailer)
    {
        var content = new byte[random.Next(3 * ChunkSize)];
        random.NextBytes(content);
        request = request with
        {
            Settings = SigningSettings.ForService("s3"),
            Payload = withTrailer ? PayloadHash.OfChunksWithTrailer(request.Scope) : PayloadHash.OfChunks(request.Scope),
            Headers =
            [
                .. request.Headers, new("Content-Encoding", "aws-chunked"), new("x-amz-decoded-content-length", $"{content.Length}"),
                .. withTrailer ? [new RequestHeader("x-amz-trailer", Trailer)] : Array.Empty<RequestHeader>(),
            ],
        };
        var signature = request.Sign();
        var body = Framed(request, signature.Signature, content, withTrailer);

        var verified = Assert.IsType<Verified>(Verify(request, signature, body));
        Assert.Equal(content, verified.Content);
        Assert.Equal(ChunkedEncoding.Signed(request.Scope, ChunkSize).ContentLength(content.Length, withTrailer ? Trailer.Length + 47 : 0), body.Length);
        for (var i = 0; i < 20; i++)
            Assert.IsType<Refused>(Verify(request, signature, Changed(body, random)));
        Assert.IsType<Refused>(Verify(request, signature, body[..random.Next(body.Length)]));
    }

    private static byte[] Framed(PlainRequest request, string seed, byte[] content, bool withTrailer)
    {
        using var credentials = new SessionCredentials(request.KeyId, request.Secret, request.Token);
        var signer = new ChunkSigner(credentials, request.Scope, request.Instant, seed);
        var encoding = ChunkedEncoding.Signed(request.Scope, ChunkSize);
        using var body = new MemoryStream();
        var signature = new byte[signer.SignatureLength];
        foreach (var chunk in content.Chunk(ChunkSize).Append([]))
        {
            signer.Sign(chunk, signature);
            var frame = new byte[encoding.FrameLength(chunk.Length)];
            body.Write(frame, 0, encoding.WriteFrame(chunk.Length, signature, frame));
            body.Write(chunk);
            if (chunk.Length > 0)
                body.Write("\r\n"u8);
        }
        if (withTrailer)
        {
            var value = Convert.ToBase64String(SHA256.HashData(content));
            signer.SignTrailer([new(Trailer, value)], signature);
            body.Write(Encoding.ASCII.GetBytes($"{Trailer}:{value}\r\nx-amz-trailer-signature:{Encoding.ASCII.GetString(signature)}\r\n"));
        }
        body.Write("\r\n"u8);
        return body.ToArray();
    }

    private static VerificationOutcome Verify(PlainRequest request, RequestSignature signature, byte[] body)
    {
        List<KeyValuePair<string, string>> headers =
        [
            .. request.Headers.Select(header => KeyValuePair.Create(header.Name, header.Value)), new("Host", request.Host),
            new("Authorization", signature.Authorization), new("X-Amz-Date", signature.AmzDate), new("X-Amz-Content-Sha256", signature.ContentSha256!),
        ];
        if (signature.SecurityToken is { } token)
            headers.Add(new("X-Amz-Security-Token", token));
        if (signature.RegionSet is { } regions)
            headers.Add(new("X-Amz-Region-Set", regions));
        var key = new LocalKey(request.KeyId, request.Secret, request.Token);
        return new SignatureVerifier(_ => key, UnsignedPayload.S3Family, new FakeTimeProvider(request.Instant))
            .Verify(new(request.Method, $"{request.Path}?{request.Query}", headers, body));
    }

    // Never the other case of the same letter: sizes and the names of trailers may be written in either.
    private static byte[] Changed(byte[] body, Random random)
    {
        var changed = body.ToArray();
        var at = random.Next(body.Length);
        var bits = (byte)(1 << random.Next(8));
        changed[at] ^= bits == 0x20 && char.IsAsciiLetter((char)body[at]) ? (byte)1 : bits;
        return changed;
    }
}
