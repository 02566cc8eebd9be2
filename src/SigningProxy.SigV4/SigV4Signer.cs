using System.Buffers;
using System.Text;

namespace SigningProxy.SigV4;

/// <summary>AWS Signature Version 4 and 4A, header form: request facts, credentials, scope and instant in; headers out.</summary>
/// <remarks>
/// A function: no clock, no log, no state, safe for any number of threads. Source: AWS IAM User Guide, "Create a signed AWS API
/// request"; Amazon S3 API Reference, "Signature Calculations for the Authorization Header".
/// </remarks>
public static class SigV4Signer
{
    private const int MostOwn = 4;

    /// <summary>AWS's name of the algorithm.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private static readonly string[] Own = ["x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "authorization"];
    private static readonly string[] OwnAcrossRegions = [.. Own, "x-amz-region-set"];

    /// <summary>Signs a request.</summary>
    /// <param name="request">What is sent.</param>
    /// <param name="credentials">Whose signature it is.</param>
    /// <param name="scope">Where the signature is good; it decides between SigV4 and SigV4A.</param>
    /// <param name="instant">When it is made; AWS takes it within about five minutes of its own clock.</param>
    /// <param name="settings">The service's quirks, from <see cref="SigningSettings.ForService"/>.</param>
    /// <param name="trace">Filled with the intermediates when given.</param>
    /// <returns>The headers to set.</returns>
    /// <exception cref="ArgumentException">
    /// The headers do not hold exactly one host, or one that no HTTP message could; the path does not begin with a slash; method or
    /// scope is blank.
    /// </exception>
    /// <exception cref="FormatException">Path or query holds a percent sign without two hexadecimal digits.</exception>
    /// <exception cref="ObjectDisposedException">The credentials were zeroed.</exception>
    public static RequestSignature Sign(
        in SigningRequest request,
        SessionCredentials credentials,
        in CredentialScope scope,
        DateTimeOffset instant,
        SigningSettings settings,
        SigningTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(settings);
        StringToSign.Judge(request, scope);

        Span<byte> at = stackalloc byte[SigningInstant.Length];
        SigningInstant.Format(instant, at);
        var own = new RequestSignature(
            Authorization: "",
            AmzDate: Encoding.ASCII.GetString(at),
            ContentSha256: settings.ContentSha256Header == ContentSha256Header.On ? (request.Payload ?? PayloadHash.Empty).Value : null,
            SecurityToken: credentials.SessionToken,
            RegionSet: scope.RegionSet);

        var most = request.Headers.Length + MostOwn;
        var rented = ArrayPool<RequestHeader>.Shared.Rent(most);
        try
        {
            var count = HeadersToSign.Take(request, scope.RegionSet is null ? Own : OwnAcrossRegions, rented);
            rented[count++] = new("x-amz-date", own.AmzDate);
            if (own.ContentSha256 is not null)
                rented[count++] = new("x-amz-content-sha256", own.ContentSha256);
            if (own.SecurityToken is not null && settings.SessionTokenMode == SessionTokenMode.Signed)
                rented[count++] = new("x-amz-security-token", own.SecurityToken);
            if (own.RegionSet is not null)
                rented[count++] = new("x-amz-region-set", own.RegionSet);
            Span<int> order = most <= HeadersToSign.OnStack ? stackalloc int[HeadersToSign.OnStack] : new int[most];
            var headers = new CanonicalHeaders(rented.AsSpan(0, count), order);
            return own with { Authorization = Authorize(request, headers, credentials, scope, at, settings.PathEncoding, trace) };
        }
        finally
        {
            ArrayPool<RequestHeader>.Shared.Return(rented, clearArray: true);
        }
    }

    private static string Authorize(
        in SigningRequest request,
        CanonicalHeaders headers,
        SessionCredentials credentials,
        in CredentialScope scope,
        ReadOnlySpan<byte> at,
        PathEncoding encoding,
        SigningTrace? trace)
    {
        var writer = new ByteWriter(stackalloc byte[2048]);
        try
        {
            var toSign = new StringToSign(ref writer, request, headers, encoding, scope.Algorithm, scope, at);
            Span<byte> signature = stackalloc byte[SessionCredentials.MaximumSignatureLength];
            signature = signature[..credentials.Sign(SigningInstant.Day(at), scope, toSign.TextIn(writer), signature)];
            toSign.Tell(trace, writer, signature);
            return AuthorizationHeader.Write(ref writer, scope.Algorithm, credentials.AccessKeyId, scope, at, headers, signature);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
