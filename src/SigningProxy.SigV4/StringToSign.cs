using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.SigV4;

/// <summary>What every algorithm has in common: the canonical request, the string to sign, and the header. The key is the signer's affair.</summary>
/// <remarks>One writer holds them one after the other; this knows where each begins and ends.</remarks>
internal readonly struct StringToSign
{
    // 8 for the day, then T, six digits and Z.
    public const int DayLength = 8;
    public const int InstantLength = 16;

    private readonly string _algorithm;
    private readonly CredentialScope _scope;
    private readonly Range _signedHeaders;
    private readonly Range _canonicalRequest;
    private readonly Range _scopeText;
    private readonly Range _text;

    /// <summary>Writes canonical request and string to sign.</summary>
    /// <param name="to">Takes them; still empty.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="headers">Its headers to sign.</param>
    /// <param name="encoding">How its path stands in the canonical request.</param>
    /// <param name="algorithm">AWS's name of the algorithm.</param>
    /// <param name="scope">The credential scope.</param>
    /// <param name="at">The instant, in the form of <see cref="Format"/>.</param>
    public StringToSign(
        ref ByteWriter to, in SigningRequest request, CanonicalHeaders headers, PathEncoding encoding, string algorithm,
        in CredentialScope scope, ReadOnlySpan<byte> at)
    {
        (_algorithm, _scope) = (algorithm, scope);

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
        to.Append(request.Payload.Value);
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
        scope.Write(ref to, at[..DayLength]);
        _scopeText = scopeStart..to.Length;
        to.Append((byte)'\n');
        to.AppendHex(hash);
        _text = start..to.Length;
    }

    /// <summary>Refuses facts that no signature could cover.</summary>
    /// <exception cref="ArgumentException">The path does not begin with a slash; method or scope is blank.</exception>
    public static void Judge(in SigningRequest request, in CredentialScope scope)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope.Region);
        ArgumentException.ThrowIfNullOrEmpty(scope.Service);
        ArgumentException.ThrowIfNullOrEmpty(request.Method);
        if (request.Path.IsEmpty || request.Path[0] != '/')
            throw new ArgumentException("The path to sign begins with a slash.", nameof(request));
    }

    /// <summary>Writes an instant as <c>x-amz-date</c> has it.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="at"><see cref="InstantLength"/> bytes.</param>
    public static void Format(DateTimeOffset instant, Span<byte> at) =>
        instant.UtcDateTime.TryFormat(at, out _, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The string to sign.</summary>
    /// <param name="writer">The writer it was written to.</param>
    public ReadOnlySpan<byte> TextIn(in ByteWriter writer) => writer.Written[_text];

    /// <summary>Writes the value of <c>Authorization</c>, and fills the trace.</summary>
    /// <param name="to">The writer of the string to sign.</param>
    /// <param name="headers">The signed headers.</param>
    /// <param name="credential">What stands before the scope: an access key id, or a serial number.</param>
    /// <param name="at">The instant, as it was.</param>
    /// <param name="signature">The signature of the string to sign.</param>
    /// <param name="trace">Takes the intermediates, or null.</param>
    public string Authorize(
        ref ByteWriter to, CanonicalHeaders headers, string credential, ReadOnlySpan<byte> at, ReadOnlySpan<byte> signature, SigningTrace? trace)
    {
        var start = to.Length;
        to.Append(_algorithm);
        to.Append(" Credential="u8);
        to.Append(credential);
        to.Append((byte)'/');
        _scope.Write(ref to, at[..DayLength]);
        to.Append(", SignedHeaders="u8);
        headers.WriteNames(ref to);
        to.Append(", Signature="u8);
        var signatureStart = to.Length;
        to.AppendHex(signature);

        var written = to.Written;
        if (trace is not null)
        {
            trace.CanonicalRequest = Encoding.UTF8.GetString(written[_canonicalRequest]);
            trace.StringToSign = Encoding.UTF8.GetString(written[_text]);
            trace.SignedHeaders = Encoding.UTF8.GetString(written[_signedHeaders]);
            trace.Scope = Encoding.UTF8.GetString(written[_scopeText]);
            trace.Signature = Encoding.UTF8.GetString(written[signatureStart..]);
        }
        return Encoding.UTF8.GetString(written[start..]);
    }
}
