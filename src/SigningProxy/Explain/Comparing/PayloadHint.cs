using SigningProxy.SigV4;

namespace SigningProxy.Explain.Comparing;

/// <summary>Why two payload hashes differ: the body is put into the forms that bodies are turned into by mistake.</summary>
internal static class PayloadHint
{
    public static string Of(string ours, string theirs, ReadOnlySpan<byte> body)
    {
        if (theirs.StartsWith("STREAMING-", StringComparison.Ordinal))
            return $"AWS got a body in chunks ({theirs}).";
        if (theirs == PayloadHash.Unsigned.Value)
            return "AWS got an unsigned body: --payload unsigned.";
        if (ours == PayloadHash.Unsigned.Value)
            return "AWS got the body's hash, and here the body is unsigned: --payload auto.";
        if (theirs == PayloadHash.Empty.Value)
            return "AWS's is the hash of no bytes: the body was signed or sent empty. A redirect drops bodies, and so does a client that gave its stream away to be hashed.";
        if (ours == PayloadHash.Empty.Value)
            return "Here the body is empty, and AWS's hash is of one: is it missing from the request? It follows an empty line.";
        foreach (var (form, bytes) in Forms(body))
        {
            if (PayloadHash.Of(bytes).Value == theirs)
                return $"AWS's is the hash of this body {form}.";
        }
        return "AWS's hash is of another body: one that was serialised anew, compressed, or converted to another encoding after it was signed. Sign the very bytes that are sent.";
    }

    private static IEnumerable<(string Form, byte[] Bytes)> Forms(ReadOnlySpan<byte> body)
    {
        var bytes = body.ToArray();
        return
        [
            ("with a line feed at its end", [.. bytes, (byte)'\n']),
            ("with CR and LF at its end", [.. bytes, (byte)'\r', (byte)'\n']),
            ("without the line end", TrimEnd(bytes)),
            ("with LF in place of CR and LF", [.. bytes.Where(b => b != (byte)'\r')]),
            ("with CR and LF in place of LF", [.. bytes.Where(b => b != (byte)'\r').SelectMany(b => b == (byte)'\n' ? "\r\n"u8.ToArray() : [b])]),
            ("behind a byte order mark", [0xEF, 0xBB, 0xBF, .. bytes]),
        ];
    }

    private static byte[] TrimEnd(byte[] bytes) => bytes.AsSpan().TrimEnd("\r\n"u8).ToArray();
}
