using System.Globalization;
using System.Text;

namespace SigningProxy.LocalAws.Verification;

/// <summary>A body as <c>aws-chunked</c> frames it, taken apart.</summary>
/// <param name="Chunks">The chunks in their order, the empty one that ends them last.</param>
/// <param name="Trailers">The headers after them, without the signature.</param>
/// <param name="TrailerSignature">The signature of those; null when there is none.</param>
internal sealed record ChunkedBody(IReadOnlyList<Chunk> Chunks, IReadOnlyList<KeyValuePair<string, string>> Trailers, string? TrailerSignature)
{
    private const string SignatureName = "x-amz-trailer-signature";

    /// <summary>Takes a body apart; null when it is not framed so, or does not end where its framing does.</summary>
    public static ChunkedBody? Of(byte[] body)
    {
        var chunks = new List<Chunk>();
        var at = 0;
        do
        {
            if (Line(body, ref at) is not { } line || Read(line, body, ref at) is not { } chunk)
            {
                return null;
            }

            chunks.Add(chunk);
        }
        while (!chunks[^1].Data.IsEmpty);

        if (ReadTrailers(body, ref at) is not { } trailers || at != body.Length)
        {
            return null;
        }

        var signatures = trailers.Where(trailer => trailer.Key == SignatureName).ToArray();
        return signatures.Length > 1
            ? null
            : new(chunks, [.. trailers.Except(signatures)], signatures.Length == 0 ? null : Unpadded(signatures[0].Value));
    }

    /// <summary>What was framed.</summary>
    public byte[] Content()
    {
        var content = new byte[Chunks.Sum(chunk => chunk.Data.Length)];
        var at = 0;
        foreach (var chunk in Chunks)
        {
            chunk.Data.CopyTo(content.AsMemory(at));
            at += chunk.Data.Length;
        }

        return content;
    }

    // name:value lines up to an empty one, which ends them even where there are none
    private static List<KeyValuePair<string, string>>? ReadTrailers(byte[] body, ref int at)
    {
        var trailers = new List<KeyValuePair<string, string>>();
        while (Line(body, ref at) is { } line)
        {
            if (line.Length == 0)
            {
                return trailers;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
            {
                return null;
            }

            trailers.Add(new(line[..colon].ToLowerInvariant(), line[(colon + 1)..].Trim()));
        }

        return null;
    }

    // size in hexadecimal, perhaps ;chunk-signature=..., then the data and a line's end; the last has no data, and its line's end is its own
    private static Chunk? Read(string line, byte[] body, ref int at)
    {
        var parts = line.Split(';');
        string? signature = null;
        if (!int.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || size < 0 || size > body.Length - at
            || parts.Length > 2 || (parts.Length == 2 && (signature = SignatureOf(parts[1])) is null))
        {
            return null;
        }

        var data = body.AsMemory(at, size);
        at += size;
        return size == 0 || Line(body, ref at) is "" ? new(data, signature) : null;
    }

    private static string? SignatureOf(string extension) =>
        extension.StartsWith("chunk-signature=", StringComparison.Ordinal) ? Unpadded(extension["chunk-signature=".Length..]) : null;

    // A signature of Signature Version 4A is filled up with asterisks, so that the length of a body can be told before it is signed
    private static string Unpadded(string signature) => signature.TrimEnd('*');

    private static string? Line(byte[] body, ref int at)
    {
        var length = body.AsSpan(at).IndexOf("\r\n"u8);
        if (length < 0)
        {
            return null;
        }

        var line = Encoding.UTF8.GetString(body, at, length);
        at += length + 2;
        return line;
    }
}

/// <summary>One chunk.</summary>
/// <param name="Data">Its bytes.</param>
/// <param name="Signature">Its signature; null when it has none.</param>
internal sealed record Chunk(ReadOnlyMemory<byte> Data, string? Signature);
