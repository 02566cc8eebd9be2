using System.Text.RegularExpressions;
using SigningProxy.SigV4;
using SigningProxy.Tests.SigV4;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>What is signed here across regions holds for AWS's own library: canonical request, signature, and so the derived key.</summary>
public sealed class CrtJudgeTests(CrtJudge judge) : IClassFixture<CrtJudge>
{
    private static readonly IReadOnlyList<RecordedVector> Vectors = [.. RecordedVector.All.Where(vector => vector.RegionSet is not null)];

    [Theory]
    [InlineData("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")]
    [InlineData("AKISORANDOMAASORANDOM", "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom")]
    [InlineData("A", "short")]
    [InlineData("AKIDOFALONGSECRET", "a-secret-that-is-longer-than-one-block-of-the-hash-function-so-that-hmac-must-hash-it-first")]
    public async Task Signatures_HoldForAwsCrt(string accessKeyId, string secret)
    {
        judge.Need();
        Assert.InRange(Vectors.Count(vector => vector.Expires is not null), 10, 60);
        foreach (var vector in Vectors)
            Assert.Equal((vector.N, ""), (vector.N, await judge.FaultAsync(Signed(vector, accessKeyId, secret))));
    }

    [Fact]
    public async Task Signatures_OfAnotherKeyOrText_DoNotHoldForAwsCrt()
    {
        judge.Need();
        var signed = Signed(Vectors[0], "AKIDEXAMPLE", "secret");
        Assert.Equal("", await judge.FaultAsync(signed));
        Assert.NotEqual("", await judge.FaultAsync(signed with { Secret = "another" }));
        Assert.NotEqual("", await judge.FaultAsync(signed with { Signature = Signed(Vectors[1], "AKIDEXAMPLE", "secret").Signature }));
        Assert.NotEqual("", await judge.FaultAsync(signed with { CanonicalRequest = signed.CanonicalRequest + "0" }));
    }

    private static SignedRequest Signed(RecordedVector vector, string accessKeyId, string secret)
    {
        var request = vector.Request with { KeyId = accessKeyId, Secret = secret };
        var trace = new SigningTrace();
        var signature = vector.Expires is { } seconds
            ? Regex.Match(request.Presign(seconds, trace), "X-Amz-Signature=([0-9a-f]+)").Groups[1].Value
            : Regex.Match(request.Sign(trace).Authorization, "Signature=([0-9a-f]+)$").Groups[1].Value;
        // It reads no plus sign as a space, and signs a key's path as it is given.
        var path = vector.Once ? trace.CanonicalRequest.Split('\n')[1] : vector.SentPath;
        return new(
            accessKeyId, secret, vector.Token, vector.Method, vector.Query.Length == 0 ? path : $"{path}?{vector.Query.Replace("+", "%20", StringComparison.Ordinal)}",
            vector.Headers, string.Join(',', vector.RegionSet!), vector.Service, request.Instant, vector.Once, vector.ContentSha256, vector.Payload.Value, vector.Expires,
            trace.CanonicalRequest, signature);
    }

    private sealed record SignedRequest(
        string AccessKeyId, string Secret, string? Token, string Method, string Target, string[][] Headers, string RegionSet, string Service, DateTimeOffset Instant,
        bool Once, bool ContentSha256, string Payload, int? Expires, string CanonicalRequest, string Signature);
}
