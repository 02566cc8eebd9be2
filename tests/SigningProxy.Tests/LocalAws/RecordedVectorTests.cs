using System.Text;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.LocalAws;
using SigningProxy.LocalAws.Verification;
using SigningProxy.Tests.SigV4;

namespace SigningProxy.Tests.LocalAws;

/// <summary>What other people's signers signed is verified, in headers and in queries; with one thing changed it never is.</summary>
public sealed class RecordedVectorTests
{
    // No service takes these: an unsigned body that nothing tells of, and a token added afterwards where it must be signed.
    private static readonly IReadOnlyList<RecordedVector> Signed =
    [
        .. RecordedVector.All.Where(vector => vector.Signature is not null
            && !(vector.Unsigned && vector.Expires is not null && !vector.Once)
            && (vector.TokenMode is null || vector.Service == "iotdevicegateway")),
    ];

    [Fact]
    public void Verify_OfEveryVector_IsVerifiedByTheSameCalculation()
    {
        Assert.InRange(Signed.Count, 600, RecordedVector.All.Count);
        Assert.InRange(Signed.Count(vector => vector.Expires is not null), 60, Signed.Count);
        foreach (var vector in Signed)
        {
            var outcome = Verify(vector, Received(vector));
            Assert.True(outcome is Verified, $"{vector.N}: {outcome}");
            Assert.Equal((vector.CanonicalRequest, vector.StringToSign), (((Verified)outcome).CanonicalRequest, ((Verified)outcome).StringToSign));
        }
    }

    [Fact]
    public void Verify_OfAVectorWithOneThingChanged_IsRefused()
    {
        foreach (var vector in Signed)
        {
            var changed = vector with { Signature = vector.Signature![..^1] + (vector.Signature[^1] == '0' ? '1' : '0') };
            AssertRefused(vector, Received(changed));
            AssertRefused(vector, Received(vector with { Method = vector.Method == "GET" ? "PUT" : "GET" }));
            AssertRefused(vector, Received(vector, path => "/x" + path));
            AssertRefused(vector, Received(vector with { Query = vector.Query + "&added=1" }));
            AssertRefused(vector, Received(vector with { Headers = [.. vector.Headers.Select(header => (string[])[header[0], header[1] + "x"])] }));
            AssertRefused(vector, Received(vector with { Region = vector.Region + "x" }));
            if (!vector.Unsigned)
                AssertRefused(vector, Received(vector with { Body = vector.Body + "x" }));
        }
    }

    private static void AssertRefused(RecordedVector vector, ReceivedRequest request) => Assert.IsType<Refused>(Verify(vector, request));

    private static VerificationOutcome Verify(RecordedVector vector, ReceivedRequest request)
    {
        var key = new LocalKey(PlainRequest.SuiteKeyId, PlainRequest.SuiteSecret, vector.Token);
        var verifier = new SignatureVerifier(
            id => id == key.AccessKeyId ? key : null, UnsignedPayload.EveryService, new FakeTimeProvider(vector.Request.Instant));
        return verifier.Verify(request);
    }

    private static ReceivedRequest Received(RecordedVector vector, Func<string, string>? change = null)
    {
        var path = change is null ? vector.SentPath : change(vector.SentPath);
        var scope = $"{vector.Date[..8]}/{vector.Region}/{vector.Service}/aws4_request";
        var signedHeaders = vector.CanonicalRequest.Split('\n')[^2];
        List<KeyValuePair<string, string>> headers = [.. vector.Headers.Select(header => KeyValuePair.Create(header[0], header[1]))];
        var body = Encoding.UTF8.GetBytes(vector.Body ?? "");
        if (vector.Expires is { } seconds)
        {
            List<string> query = [.. vector.Query.Length == 0 ? [] : new[] { vector.Query }];
            query.Add($"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={PlainRequest.SuiteKeyId}/{scope}&X-Amz-Date={vector.Date}&X-Amz-Expires={seconds}");
            query.Add($"X-Amz-SignedHeaders={signedHeaders}&X-Amz-Signature={vector.Signature}");
            if (vector.Token is not null)
                query.Add($"X-Amz-Security-Token={Uri.EscapeDataString(vector.Token)}");
            return new(vector.Method, $"{path}?{string.Join('&', query)}", headers, body);
        }

        headers.Add(new("X-Amz-Date", vector.Date));
        if (vector.ContentSha256)
            headers.Add(new("X-Amz-Content-Sha256", vector.Payload.Value));
        if (vector.Token is not null)
            headers.Add(new("X-Amz-Security-Token", vector.Token));
        headers.Add(new("Authorization", $"AWS4-HMAC-SHA256 Credential={PlainRequest.SuiteKeyId}/{scope}, SignedHeaders={signedHeaders}, Signature={vector.Signature}"));
        return new(vector.Method, $"{path}?{vector.Query}", headers, body);
    }
}
