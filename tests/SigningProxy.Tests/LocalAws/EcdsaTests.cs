using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.LocalAws;
using SigningProxy.LocalAws.Verification;
using SigningProxy.Tests.SigV4;

namespace SigningProxy.Tests.LocalAws;

/// <summary>Signature Version 4A: the key that both sides derive, and whether a request that it signed is believed.</summary>
public sealed class EcdsaTests
{
    private static readonly LocalKey Key = new(PlainRequest.SuiteKeyId, PlainRequest.SuiteSecret);

    // From the tests of AWS's own library, aws-c-auth.
    [Fact]
    public void Private_OfAwssExample_IsAwss() => Assert.Equal(
        "7fd3bd010c0d9c292141c2b77bfbde1042c92e6836fff749d1269ec890fca1bd",
        Convert.ToHexStringLower(EcdsaKey.Private("AKISORANDOMAASORANDOM", "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom")));

    [Fact]
    public void Verify_OfEveryRecordedCanonicalRequest_IsVerifiedByTheSameCalculation()
    {
        var vectors = RecordedVector.All.Where(vector => vector.RegionSet is not null && vector.Expires is null).ToList();
        Assert.InRange(vectors.Count, 50, RecordedVector.All.Count);
        foreach (var vector in vectors)
        {
            var outcome = Verify(vector, Received(vector, vector.StringToSign), Key with { SessionToken = vector.Token });
            Assert.True(outcome is Verified, $"{vector.N}: {outcome}");
            Assert.Equal((vector.CanonicalRequest, vector.StringToSign), (((Verified)outcome).CanonicalRequest, ((Verified)outcome).StringToSign));
            Assert.Equal($"{vector.Date[..8]}/{vector.Service}/aws4_request", ((Verified)outcome).Scope.ToString());
        }
    }

    [Fact]
    public void Verify_OfASignatureOverAnotherText_IsRefused()
    {
        var vector = RecordedVector.All.First(vector => vector is { RegionSet: not null, Expires: null, Token: null });
        var refused = Assert.IsType<Refused>(Verify(vector, Received(vector, vector.StringToSign + "x"), Key));
        Assert.Equal(("SignatureDoesNotMatch", vector.CanonicalRequest, vector.StringToSign), (refused.Code, refused.CanonicalRequest, refused.StringToSign));
    }

    [Theory]
    [InlineData("*", "eu-west-1", null)]
    [InlineData("us-east-1,eu-west-1", "eu-west-1", null)]
    [InlineData("us-east-1, eu-*", "eu-west-1", null)]
    [InlineData("us-*,eu-central-1", "eu-west-1", "does not cover")]
    [InlineData("us-*", null, null)]
    [InlineData("", null, "name regions")]
    [InlineData("eu-west-1,", "eu-west-1", "name regions")]
    [InlineData(null, null, "name regions")]
    public void RegionSet_MustCoverTheKeysRegion(string? set, string? region, string? fault)
    {
        var said = RegionSet.Fault(set, region);
        if (fault is null)
            Assert.Null(said);
        else
            Assert.Contains(fault, said, StringComparison.Ordinal);
    }

    private static VerificationOutcome Verify(RecordedVector vector, ReceivedRequest request, LocalKey key) =>
        new SignatureVerifier(_ => key, UnsignedPayload.EveryService, new FakeTimeProvider(vector.Request.Instant)).Verify(request);

    private static ReceivedRequest Received(RecordedVector vector, string text)
    {
        List<KeyValuePair<string, string>> headers =
        [
            .. vector.Headers.Select(header => KeyValuePair.Create(header[0], header[1])),
            new("X-Amz-Date", vector.Date), new("X-Amz-Region-Set", string.Join(',', vector.RegionSet!)),
        ];
        if (vector.ContentSha256)
            headers.Add(new("X-Amz-Content-Sha256", vector.Payload.Value));
        if (vector.Token is not null)
            headers.Add(new("X-Amz-Security-Token", vector.Token));
        using var pair = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = EcdsaKey.Private(Key.AccessKeyId, Key.Secret) });
        var signature = Convert.ToHexStringLower(pair.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        headers.Add(new("Authorization", $"AWS4-ECDSA-P256-SHA256 Credential={Key.AccessKeyId}/{vector.Date[..8]}/{vector.Service}/aws4_request, "
            + $"SignedHeaders={vector.CanonicalRequest.Split('\n')[^2]}, Signature={signature}"));
        return new(vector.Method, $"{vector.SentPath}?{vector.Query}", headers, Encoding.UTF8.GetBytes(vector.Body ?? ""));
    }
}
