using System.Security.Cryptography;

namespace SigningProxy.Configuration;

/// <summary>The blocks of a file in PEM.</summary>
internal static class PemFile
{
    private const string Mark = "-----BEGIN ";

    public static bool Is(FileText file) => file.Text()?.Contains(Mark, StringComparison.Ordinal) == true;

    /// <summary>Every block in its order: its label, and what it holds in DER.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its path, for whoever is told of a fault.</param>
    /// <exception cref="UnusableCertificateException">A block is not whole: the file was cut off, or is being written.</exception>
    public static IReadOnlyList<(string Label, byte[] Content)> Blocks(FileText file, string path)
    {
        var text = file.Text() ?? "";
        if (text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
            throw new UnusableCertificateException($"the file {path} holds a private key in OpenSSL's old encrypted form; openssl pkcs8 -topk8 brings it into PKCS#8");
        var blocks = new List<(string, byte[])>();
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            blocks.Add((rest[found.Label].ToString(), Convert.FromBase64String(rest[found.Base64Data].ToString())));
            rest = rest[found.Location.End..];
        }
        // What is not whole is passed over in silence, and a chain without one of its certificates would come of it.
        return blocks.Count == text.AsSpan().Count(Mark)
            ? blocks
            : throw new UnusableCertificateException($"the file {path} holds a PEM block that is cut off or damaged");
    }
}
