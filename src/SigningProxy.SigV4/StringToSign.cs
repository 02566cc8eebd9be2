using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.SigV4;

/// <summary>What every algorithm and form has in common: the canonical request and the string to sign. The key is the signer's affair.</summary>
/// <remarks>One writer holds them one after the other; this knows where each begins and ends.</remarks>
internal readonly struct StringToSign
{
    private readonly Range _signedHeaders;
    private readonly Range _canonicalRequest;
    private readonly Range _scope;
    private readonly Range _text;

    /// <summary>Writes canonical request and string to sign.</summary>
    /// <param name="to">Takes them; still empty.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="headers">Its headers to sign.</param>
    /// <param name="encoding">How its path stands in the canonical request.</param>
    /// <param name="algorithm">AWS's name of the algorithm.</param>
    /// <param name="scope">The credential scope.</param>
    /// <param name="at">The instant, in the form of <see cref="SigningInstant"/>.</param>
    public StringToSign(
        ref ByteWriter to, in SigningRequest request, CanonicalHeaders headers, PathEncoding encoding, string algorithm,
        in CredentialScope scope, ReadOnlySpan<byte> at)
    {
        // 1. The canonical request, hashed.
        to.Append(request.Method);
        to.Append((byte)'\n');
        CanonicalPath.Write(ref to, request.Path, encoding);
        to.Append((byte)'\n');
        CanonicalQuery.Write(ref to, request.Query);
        to.Append((byte)'\n');
        headers.WriteLines(ref to);
        to.Append((byte)'\n');
        var names = to.Length;
        headers.WriteNames(ref to);
        _signedHeaders = names..to.Length;
        to.Append((byte)'\n');
        (request.Payload ?? PayloadHash.Empty).Write(ref to);
        _canonicalRequest = ..to.Length;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(to.Written, hash);

        // 2. The string to sign.
        var start = to.Length;
        to.Append(algorithm);
        to.Append((byte)'\n');
        to.Append(at);
        to.Append((byte)'\n');
        var scopeStart = to.Length;
        scope.Write(ref to, SigningInstant.Day(at));
        _scope = scopeStart..to.Length;
        to.Append((byte)'\n');
        to.AppendHex(hash);
        _text = start..to.Length;
    }

    /// <summary>Refuses facts that no signature could cover.</summary>
    /// <exception cref="ArgumentException">The path does not begin with a slash; method or scope is blank.</exception>
    public static void Judge(in SigningRequest request, in CredentialScope scope)
    {
        scope.Judge();
        ArgumentException.ThrowIfNullOrEmpty(request.Method);
        if (request.Path.IsEmpty || request.Path[0] != '/')
            throw new ArgumentException("The path to sign begins with a slash.", nameof(request));
    }

    /// <summary>The string to sign.</summary>
    /// <param name="writer">The writer it was written to.</param>
    public ReadOnlySpan<byte> TextIn(in ByteWriter writer) => writer.Written[_text];

    /// <summary>Tells the intermediates.</summary>
    /// <param name="trace">Takes them, or null.</param>
    /// <param name="writer">The writer they were written to.</param>
    /// <param name="signature">The signature of the string to sign.</param>
    public void Tell(SigningTrace? trace, in ByteWriter writer, ReadOnlySpan<byte> signature)
    {
        if (trace is null)
            return;
        var written = writer.Written;
        trace.CanonicalRequest = Encoding.UTF8.GetString(written[_canonicalRequest]);
        trace.StringToSign = Encoding.UTF8.GetString(written[_text]);
        trace.SignedHeaders = Encoding.UTF8.GetString(written[_signedHeaders]);
        trace.Scope = Encoding.UTF8.GetString(written[_scope]);
        trace.Signature = Convert.ToHexStringLower(signature);
    }
}
