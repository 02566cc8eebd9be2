using System.Buffers;
using System.Globalization;
using System.Text;

namespace SigningProxy.SigV4;

/// <summary>AWS Signature Version 4 and 4A, query form: a URL that whoever holds it may use for a while.</summary>
/// <remarks>
/// A function, as <see cref="SigV4Signer"/> is. Source: Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters".
/// </remarks>
public static class SigV4Presigner
{
    private static readonly string[] Own = ["x-amz-date", "x-amz-security-token", "authorization"];
    private static readonly string[] OwnAcrossRegions = [.. Own, "x-amz-region-set"];

    /// <summary>AWS takes no longer lifetime: seven days.</summary>
    public static TimeSpan LongestLifetime { get; } = TimeSpan.FromSeconds(604_800);

    /// <summary>Signs the query of a request that is to be sent without signed headers of the signer's own.</summary>
    /// <param name="request">
    /// What is sent. Its query may hold the parameters of an earlier signature: these are left out. All its headers must be sent with the
    /// URL, but for <c>x-amz-date</c>, <c>x-amz-security-token</c> and <c>authorization</c>, which are passed over. Without a payload
    /// hash it is what <see cref="SigningSettings.PresignedPayload"/> says.
    /// </param>
    /// <param name="credentials">Whose signature it is. The URL ends with them, whatever its lifetime.</param>
    /// <param name="scope">Where the signature is good; it decides between SigV4 and SigV4A.</param>
    /// <param name="instant">When the lifetime begins.</param>
    /// <param name="lifetime">How long AWS takes the URL: whole seconds, 1 to 604,800.</param>
    /// <param name="settings">The service's quirks, from <see cref="SigningSettings.ForService"/>.</param>
    /// <param name="trace">Filled with the intermediates when given.</param>
    /// <returns>The query to send in the place of the request's.</returns>
    /// <exception cref="ArgumentException">As with <see cref="SigV4Signer"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is none that AWS takes.</exception>
    /// <exception cref="FormatException">Path or query holds a percent sign without two hexadecimal digits.</exception>
    /// <exception cref="ObjectDisposedException">The credentials were zeroed.</exception>
    public static PresignedQuery Sign(
        in SigningRequest request,
        SessionCredentials credentials,
        in CredentialScope scope,
        DateTimeOffset instant,
        TimeSpan lifetime,
        SigningSettings settings,
        SigningTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, LongestLifetime);
        StringToSign.Judge(request, scope);

        Span<byte> at = stackalloc byte[SigningInstant.Length];
        SigningInstant.Format(instant, at);
        var rented = ArrayPool<RequestHeader>.Shared.Rent(request.Headers.Length);
        var writer = new ByteWriter(stackalloc byte[2048]);
        try
        {
            var count = HeadersToSign.Take(request, scope.RegionSet is null ? Own : OwnAcrossRegions, rented);
            var headers = new CanonicalHeaders(rented.AsSpan(0, count), new int[count]);
            var query = Unsigned(request.Query, headers, credentials, scope, at, lifetime, settings);
            var presigned = request with { Query = query, Payload = request.Payload ?? settings.PresignedPayload };

            var toSign = new StringToSign(ref writer, presigned, headers, settings.PathEncoding, scope.Algorithm, scope, at);
            Span<byte> signature = stackalloc byte[SessionCredentials.MaximumSignatureLength];
            signature = signature[..credentials.Sign(SigningInstant.Day(at), scope, toSign.TextIn(writer), signature)];
            toSign.Tell(trace, writer, signature);

            var after = settings.SessionTokenMode == SessionTokenMode.After ? Parameter("Security-Token", credentials.SessionToken) : "";
            return new PresignedQuery($"{query}&X-Amz-Signature={Convert.ToHexStringLower(signature)}{after}");
        }
        finally
        {
            writer.Dispose();
            ArrayPool<RequestHeader>.Shared.Return(rented, clearArray: true);
        }
    }

    /// <summary>What is signed of the query: the request's own, and the signature's parameters but for itself.</summary>
    private static string Unsigned(
        ReadOnlySpan<char> query, CanonicalHeaders headers, SessionCredentials credentials, in CredentialScope scope, ReadOnlySpan<byte> at,
        TimeSpan lifetime, SigningSettings settings)
    {
        var kept = CanonicalQuery.ToSend(query.ToString(), PresignedQuery.Names);
        var seconds = ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var token = settings.SessionTokenMode == SessionTokenMode.Signed ? credentials.SessionToken : null;
        var writer = new ByteWriter(stackalloc byte[512]);
        try
        {
            writer.Append(credentials.AccessKeyId);
            writer.Append((byte)'/');
            scope.Write(ref writer, SigningInstant.Day(at));
            var credential = Encoding.UTF8.GetString(writer.Written);
            var start = writer.Length;
            headers.WriteNames(ref writer);
            var signedHeaders = Encoding.ASCII.GetString(writer.Written[start..]);
            return (kept.Length > 0 ? kept + "&" : "") + $"X-Amz-Algorithm={scope.Algorithm}"
                + Parameter("Credential", credential)
                + Parameter("Date", Encoding.ASCII.GetString(at))
                + Parameter("Expires", seconds)
                + Parameter("Region-Set", scope.RegionSet)
                + Parameter("Security-Token", token)
                + Parameter("SignedHeaders", signedHeaders);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static string Parameter(string name, string? value) => value is null ? "" : $"&X-Amz-{name}={Uri.EscapeDataString(value)}";
}
