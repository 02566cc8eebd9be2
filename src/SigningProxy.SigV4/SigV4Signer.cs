using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.SigV4;

/// <summary>AWS Signature Version 4, header form: request facts, credentials, scope and instant in; headers out.</summary>
/// <remarks>
/// A function: no clock, no log, no state, safe for any number of threads. Source: AWS IAM User Guide, "Create a signed AWS API
/// request"; Amazon S3 API Reference, "Signature Calculations for the Authorization Header".
/// </remarks>
public static class SigV4Signer
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    // 8 for the day, then T, six digits and Z.
    private const int DayLength = 8;
    private const int InstantLength = 16;
    private const int HeadersOnStack = 64;

    /// <summary>Signs a request.</summary>
    /// <param name="request">What is sent.</param>
    /// <param name="credentials">Whose signature it is.</param>
    /// <param name="scope">Region and service the signature is good for.</param>
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
        ArgumentException.ThrowIfNullOrEmpty(scope.Region);
        ArgumentException.ThrowIfNullOrEmpty(scope.Service);
        ArgumentException.ThrowIfNullOrEmpty(request.Method);
        if (request.Path.IsEmpty || request.Path[0] != '/')
            throw new ArgumentException("The path to sign begins with a slash.", nameof(request));

        Span<byte> at = stackalloc byte[InstantLength];
        instant.UtcDateTime.TryFormat(at, out _, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var day = at[..DayLength];
        var own = new RequestSignature(
            Authorization: "",
            AmzDate: Encoding.ASCII.GetString(at),
            ContentSha256: settings.ContentSha256Header == ContentSha256Header.On ? request.Payload.Value : null,
            SecurityToken: credentials.SessionToken);

        var most = request.Headers.Length + 3;
        var rented = ArrayPool<RequestHeader>.Shared.Rent(most);
        try
        {
            var count = Collect(request, own, settings.SessionTokenMode, rented);
            Span<int> order = most <= HeadersOnStack ? stackalloc int[HeadersOnStack] : new int[most];
            var headers = new CanonicalHeaders(rented.AsSpan(0, count), order);
            return own with { Authorization = Authorize(request, headers, credentials, scope, at, day, settings, trace) };
        }
        finally
        {
            ArrayPool<RequestHeader>.Shared.Return(rented, clearArray: true);
        }
    }

    private static int Collect(
        in SigningRequest request, in RequestSignature own, SessionTokenMode tokenMode, Span<RequestHeader> into)
    {
        var count = 0;
        var hosts = 0;
        foreach (var header in request.Headers)
        {
            if (string.IsNullOrEmpty(header.Name) || !Ascii.IsValid(header.Name) || header.Value.AsSpan().ContainsAny('\r', '\n'))
                throw new ArgumentException("A header to sign has a name in ASCII and a value of one line.", nameof(request));
            if (IsOwn(header.Name))
                continue;
            if (header.Name.Equals("host", StringComparison.OrdinalIgnoreCase))
                hosts++;
            into[count++] = header;
        }
        if (hosts != 1)
            throw new ArgumentException($"The headers to sign hold exactly one host; these hold {hosts}.", nameof(request));
        into[count++] = new("x-amz-date", own.AmzDate);
        if (own.ContentSha256 is not null)
            into[count++] = new("x-amz-content-sha256", own.ContentSha256);
        if (own.SecurityToken is not null && tokenMode == SessionTokenMode.Signed)
            into[count++] = new("x-amz-security-token", own.SecurityToken);
        return count;
    }

    private static bool IsOwn(string name) =>
        name.Equals("x-amz-date", StringComparison.OrdinalIgnoreCase)
        || name.Equals("x-amz-content-sha256", StringComparison.OrdinalIgnoreCase)
        || name.Equals("x-amz-security-token", StringComparison.OrdinalIgnoreCase)
        || name.Equals("authorization", StringComparison.OrdinalIgnoreCase);

    private static string Authorize(
        in SigningRequest request,
        CanonicalHeaders headers,
        SessionCredentials credentials,
        in CredentialScope scope,
        ReadOnlySpan<byte> at,
        ReadOnlySpan<byte> day,
        SigningSettings settings,
        SigningTrace? trace)
    {
        var writer = new ByteWriter(stackalloc byte[2048]);
        try
        {
            // 1. The canonical request, hashed.
            writer.Append(request.Method);
            writer.Append((byte)'\n');
            CanonicalPath.Write(ref writer, request.Path, settings.PathEncoding);
            writer.Append((byte)'\n');
            CanonicalQuery.Write(ref writer, request.Query);
            writer.Append((byte)'\n');
            headers.WriteLines(ref writer);
            writer.Append((byte)'\n');
            var names = writer.Length;
            headers.WriteNames(ref writer);
            var namesEnd = writer.Length;
            writer.Append((byte)'\n');
            writer.Append(request.Payload.Value);
            var canonicalRequestEnd = writer.Length;
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(writer.Written, hash);

            // 2. The string to sign.
            var toSign = writer.Length;
            writer.Append(Algorithm);
            writer.Append((byte)'\n');
            writer.Append(at);
            writer.Append((byte)'\n');
            var scopeStart = writer.Length;
            scope.Write(ref writer, day);
            var scopeEnd = writer.Length;
            writer.Append((byte)'\n');
            writer.AppendHex(hash);
            var toSignEnd = writer.Length;

            // 3. The signature.
            Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
            credentials.Sign(day, scope, writer.Written[toSign..], signature);

            // 4. The header.
            var authorization = writer.Length;
            writer.Append(Algorithm);
            writer.Append(" Credential="u8);
            writer.Append(credentials.AccessKeyId);
            writer.Append((byte)'/');
            scope.Write(ref writer, day);
            writer.Append(", SignedHeaders="u8);
            headers.WriteNames(ref writer);
            writer.Append(", Signature="u8);
            var signatureStart = writer.Length;
            writer.AppendHex(signature);

            var written = writer.Written;
            if (trace is not null)
            {
                trace.CanonicalRequest = Encoding.UTF8.GetString(written[..canonicalRequestEnd]);
                trace.StringToSign = Encoding.UTF8.GetString(written[toSign..toSignEnd]);
                trace.SignedHeaders = Encoding.UTF8.GetString(written[names..namesEnd]);
                trace.Scope = Encoding.UTF8.GetString(written[scopeStart..scopeEnd]);
                trace.Signature = Encoding.UTF8.GetString(written[signatureStart..]);
            }
            return Encoding.UTF8.GetString(written[authorization..]);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
