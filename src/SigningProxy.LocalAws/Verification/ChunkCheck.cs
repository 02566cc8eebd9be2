using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.LocalAws.Verification;

/// <summary>
/// The framing, signatures and checksum of a body in chunks, as the S3 pages "Signature Calculations for the Authorization Header: Transferring
/// Payload in Multiple Chunks" and "Including Trailing Headers" have them.
/// </summary>
/// <param name="form">The form that the request declares.</param>
/// <param name="claim">The request's own signature, which holds: the first of the chain.</param>
/// <param name="key">The key that made it.</param>
internal sealed class ChunkCheck(ChunkedForm form, SignatureClaim claim, LocalKey key)
{
    // All chunks but the last of those with data
    private const int SmallestChunk = 8192;

    private static readonly string EmptySha256 = Convert.ToHexStringLower(SHA256.HashData([]));

    /// <summary>Judges the body of a request; <paramref name="content"/> is what was framed.</summary>
    public Refused? Refusal(ReceivedRequest request, out byte[] content)
    {
        content = [];
        if (HeaderRefusal(request, out var length) is { } refused)
        {
            return refused;
        }

        if (ChunkedBody.Of(request.Body) is not { } body)
        {
            return new("IncompleteBody", "The request body terminated unexpectedly: it is not framed as aws-chunked.");
        }

        content = body.Content();
        return content.Length != length
            ? new("IncompleteBody", $"You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header: {content.Length} instead of {length}.")
            : SignatureRefusal(body) ?? TrailerRefusal(request, body) ?? ChecksumRefusal(body, content);
    }

    private static Refused? HeaderRefusal(ReceivedRequest request, out long length)
    {
        if (!long.TryParse(request.Single("x-amz-decoded-content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out length))
        {
            return new("MissingContentLength", "You must provide the x-amz-decoded-content-length HTTP header.");
        }

        return request.Values("content-encoding").SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)).Contains("aws-chunked", StringComparer.OrdinalIgnoreCase)
            ? null
            : new("InvalidRequest", "Content-Encoding must name aws-chunked where the body comes in chunks.");
    }

    private Refused? SignatureRefusal(ChunkedBody body)
    {
        if (form.Algorithm is null)
        {
            return body.TrailerSignature is null && body.Chunks.All(chunk => chunk.Signature is null)
                ? null
                : new("InvalidRequest", "The chunks are signed although x-amz-content-sha256 says that they are not.");
        }

        if (body.Chunks.SkipLast(2).Any(chunk => chunk.Data.Length < SmallestChunk))
        {
            return new("InvalidChunkSizeError", $"Only the last chunk is allowed to have a size less than {SmallestChunk} bytes");
        }

        var previous = claim.Parts.Signature;
        for (var i = 0; i < body.Chunks.Count; i++)
        {
            var (data, signature) = body.Chunks[i];
            if (Refusal("PAYLOAD", $"{previous}\n{EmptySha256}\n{Convert.ToHexStringLower(SHA256.HashData(data.Span))}", signature, $"chunk {i + 1}") is { } refused)
            {
                return refused;
            }

            previous = signature!;
        }

        var lines = string.Concat(body.Trailers.Select(trailer => $"{trailer.Key}:{trailer.Value}\n"));
        return form.HasTrailer
            ? Refusal("TRAILER", $"{previous}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)))}", body.TrailerSignature, "the trailer")
            : null;
    }

    private Refused? Refusal(string what, string hashes, string? signature, string where)
    {
        var stringToSign = $"{form.Algorithm}-{what}\n{claim.Time}\n{claim.Parts.Scope}\n{hashes}";
        return signature is not null && SignatureCalculation.Holds(claim.Parts, key, stringToSign, signature)
            ? null
            : SignatureVerifier.Mismatch with { StringToSign = stringToSign, Reason = $"the signature of {where} does not hold" };
    }

    private Refused? TrailerRefusal(ReceivedRequest request, ChunkedBody body)
    {
        var declared = request.Values("x-amz-trailer").SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)).Select(name => name.ToLowerInvariant());
        var fits = form.HasTrailer
            ? declared.Order(StringComparer.Ordinal).SequenceEqual(body.Trailers.Select(trailer => trailer.Key).Order(StringComparer.Ordinal), StringComparer.Ordinal)
            : body.Trailers.Count == 0 && body.TrailerSignature is null;
        return fits ? null : new("MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to our published schema.");
    }

    private static Refused? ChecksumRefusal(ChunkedBody body, byte[] content)
    {
        var wrong = body.Trailers.FirstOrDefault(trailer => Checksum.Of(trailer.Key, content) is { } right && right != trailer.Value).Key;
        return wrong is null ? null : new("BadDigest", $"The {wrong["x-amz-checksum-".Length..].ToUpperInvariant()} you specified did not match the calculated checksum.");
    }
}
