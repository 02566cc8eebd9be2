using System.Text;

namespace SigningProxy.SigV4;

/// <summary>AWS Signature Version 4 with the private key of a certificate, as IAM Roles Anywhere takes it.</summary>
/// <remarks>
/// A function, as <see cref="SigV4Signer"/> is. No key is derived: the private key signs the string to sign. Source: IAM Roles Anywhere
/// User Guide, "Signing process".
/// </remarks>
public static class X509Signer
{
    private static readonly string[] Own =
        ["x-amz-date", "x-amz-x509", "x-amz-x509-chain", "x-amz-content-sha256", "x-amz-security-token", "authorization"];

    /// <summary>Signs a request.</summary>
    /// <param name="request">What is sent. Its payload hash stands in the canonical request only.</param>
    /// <param name="certificate">Whose signature it is.</param>
    /// <param name="scope">Region and service the signature is good for.</param>
    /// <param name="instant">When it is made.</param>
    /// <param name="trace">Filled with the intermediates when given.</param>
    /// <returns>The headers to set.</returns>
    /// <exception cref="ArgumentException">As with <see cref="SigV4Signer"/>.</exception>
    /// <exception cref="FormatException">Path or query holds a percent sign without two hexadecimal digits.</exception>
    /// <exception cref="ObjectDisposedException">The certificate's private key was given up.</exception>
    public static X509Signature Sign(
        in SigningRequest request, SigningCertificate certificate, in CredentialScope scope, DateTimeOffset instant, SigningTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        StringToSign.Judge(request, scope);
        if (scope.RegionSet is not null)
            throw new ArgumentException("A certificate signs for one region.", nameof(scope));

        Span<byte> at = stackalloc byte[SigningInstant.Length];
        SigningInstant.Format(instant, at);
        var own = new X509Signature("", Encoding.ASCII.GetString(at), certificate.Leaf, certificate.Chain);

        var most = request.Headers.Length + 3;
        var toSign = new RequestHeader[most];
        var count = HeadersToSign.Take(request, Own, toSign);
        toSign[count++] = new("x-amz-date", own.AmzDate);
        toSign[count++] = new("x-amz-x509", own.X509);
        if (own.X509Chain is not null)
            toSign[count++] = new("x-amz-x509-chain", own.X509Chain);
        var headers = new CanonicalHeaders(toSign.AsSpan(0, count), new int[count]);
        var writer = new ByteWriter(stackalloc byte[2048]);
        try
        {
            var text = new StringToSign(ref writer, request, headers, PathEncoding.Twice, certificate.Algorithm, scope, at);
            var signature = certificate.Sign(text.TextIn(writer));
            text.Tell(trace, writer, signature);
            return own with
            {
                Authorization = AuthorizationHeader.Write(
                    ref writer, certificate.Algorithm, certificate.SerialDecimal, scope, at, headers, signature),
            };
        }
        finally
        {
            writer.Dispose();
        }
    }
}

/// <summary>The headers that make a request one signed by a certificate. They replace whatever the request holds under these names.</summary>
/// <param name="Authorization">The value of <c>Authorization</c>.</param>
/// <param name="AmzDate">The value of <c>x-amz-date</c>, such as <c>20150830T123600Z</c>.</param>
/// <param name="X509">The value of <c>x-amz-x509</c>.</param>
/// <param name="X509Chain">The value of <c>x-amz-x509-chain</c>, or null without intermediates.</param>
public readonly record struct X509Signature(string Authorization, string AmzDate, string X509, string? X509Chain)
{
    /// <summary>Not the signature: only when it was made.</summary>
    public override string ToString() => $"signature of {AmzDate} (not shown)";
}
