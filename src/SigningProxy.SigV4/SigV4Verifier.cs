using System.Buffers;
using System.Security.Cryptography;

namespace SigningProxy.SigV4;

/// <summary>AWS Signature Version 4 from the receiving end: request facts as they came, and whether a signature is that of a key pair.</summary>
/// <remarks>A function, as <see cref="SigV4Signer"/> is, and by the same canonical request.</remarks>
public static class SigV4Verifier
{
    /// <summary>Whether a signature was made over this request with these keys. The comparison takes as long wherever they differ.</summary>
    /// <param name="request">What came: the headers are exactly those that the signature names, and none is the verifier's own.</param>
    /// <param name="signature">The claimed signature, 64 hexadecimal digits.</param>
    /// <param name="credentials">Whose signature it is to be.</param>
    /// <param name="scope">The region and service it claims.</param>
    /// <param name="instant">When it claims to have been made, to the second.</param>
    /// <param name="settings">The service's quirks, from <see cref="SigningSettings.ForService"/>.</param>
    /// <exception cref="ArgumentException">The path does not begin with a slash; method or scope is blank, or the scope has a region set.</exception>
    /// <exception cref="FormatException">Path or query holds a percent sign without two hexadecimal digits.</exception>
    /// <exception cref="ObjectDisposedException">The credentials were zeroed.</exception>
    public static bool Holds(
        in SigningRequest request, ReadOnlySpan<char> signature, SessionCredentials credentials, in CredentialScope scope, DateTimeOffset instant, SigningSettings settings)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(settings);
        StringToSign.Judge(request, scope);
        if (scope.RegionSet is not null)
            throw new ArgumentException("A signature across regions is not verified here.", nameof(scope));

        Span<byte> at = stackalloc byte[SigningInstant.Length];
        SigningInstant.Format(instant, at);
        var count = request.Headers.Length;
        Span<int> order = count <= HeadersToSign.OnStack ? stackalloc int[HeadersToSign.OnStack] : new int[count];
        var headers = new CanonicalHeaders(request.Headers, order);
        var writer = new ByteWriter(stackalloc byte[2048]);
        try
        {
            var toSign = new StringToSign(ref writer, request, headers, settings.PathEncoding, scope.Algorithm, scope, at);
            Span<byte> computed = stackalloc byte[HMACSHA256.HashSizeInBytes];
            credentials.Sign(SigningInstant.Day(at), scope, toSign.TextIn(writer), computed);
            Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
            return Convert.FromHexString(signature, claimed, out _, out var written) == OperationStatus.Done
                && CryptographicOperations.FixedTimeEquals(computed, claimed[..written]);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
