using SigningProxy.SigV4;
using SigningProxy.Tests.Fuzz;

namespace SigningProxy.Tests.SigV4;

/// <summary>Requests by the thousand, each signed here from its wire form and by the AWS SDK from its meaning: the results must be equal.</summary>
public sealed class AwsSdkOracleTests(ITestOutputHelper output)
{
    private const int Seed = 20150830;

    // Where the SDK and AWS's documents part, with the document that this signer follows.
    private static readonly (string Why, Func<MeantRequest, bool> Applies)[] Differences =
    [
        ("The SDK sorts parameters by their decoded text; AWS says to encode first and to sort the result (Create a canonical request, step 4).",
            SortsOtherwiseWhenEncoded),
        ("The SDK folds every white space of Unicode; AWS says spaces (Create a canonical request, step 5), and HTTP knows no other white space than space and tab (RFC 9110, section 5.6.3).",
            HoldsOtherWhiteSpace),
        ("Of more than 16 parameters the SDK sorts those of one name by chance, for its sort is not stable; AWS says by their values (Create a canonical request, step 4).",
            HasManyWithARepeatedName),
    ];

    [Fact]
    public async Task Sign_OfEveryGeneratedRequest_IsAsTheAwsSdkSigns()
    {
        var oracle = new AwsSdkOracle();

        var compared = await new FuzzRun(output, 5000).EachAsync(MeantRequests.Request, pair =>
        {
            if (Differences.Any(difference => difference.Applies(pair.Meant)))
                return Task.FromResult("told apart");
            var trace = new SigningTrace();
            var authorization = pair.Wire.Sign(trace).Authorization;
            var (canonicalRequest, sdkAuthorization) = oracle.Sign(pair.Meant);

            Assert.Equal(canonicalRequest, trace.CanonicalRequest);
            Assert.Equal(sdkAuthorization, authorization);
            Assert.True(pair.Wire.Accepts(sdkAuthorization[^64..]));
            return Task.FromResult(pair.Meant.Scope.Service);
        });

        Assert.All(MeantRequests.Services, service => Assert.InRange(compared[service], compared.Values.Sum() * 2 / 3 / MeantRequests.Services.Length, int.MaxValue));
    }

    [Fact]
    public async Task Presign_OfEveryGeneratedRequest_IsAsTheAwsSdkPresigns()
    {
        var presigned = await new FuzzRun(output, 5000).EachAsync(MeantRequests.Request, pair =>
        {
            // The signature's own parameters are sorted among the others.
            var whole = pair.Meant with { Parameters = [.. pair.Meant.Parameters, .. PresignedQuery.Names.Select(name => (name, ""))] };
            if (Differences.Any(difference => difference.Applies(whole)))
                return Task.FromResult("told apart");

            Assert.EndsWith("&X-Amz-Signature=" + AwsSdkOracle.Presign(pair.Meant, 900), (pair.Wire with { Payload = null }).Presign(900), StringComparison.Ordinal);
            return Task.FromResult(pair.Meant.Scope.Service);
        });

        Assert.All(MeantRequests.Services, service => Assert.InRange(presigned[service], presigned.Values.Sum() / 2 / MeantRequests.Services.Length, int.MaxValue));
    }

    [Fact]
    public void Differences_AreRealOnes()
    {
        var many = Enumerable.Range(0, 20).Select(i => ("a", $"{i % 7}{i}"));
        var meant = MeantRequests.Generate(new Random(Seed)) with { Parameters = [("b:", ""), ("b-", ""), .. many], Headers = [("x", "a\u00a0")] };
        var wire = MeantRequests.OnTheWire(meant, new Random(Seed));
        var ofTheSdk = new AwsSdkOracle().Sign(meant).CanonicalRequest;

        Assert.All(Differences, difference => Assert.True(difference.Applies(meant), difference.Why));
        Assert.Contains("&b-=&b%3A=\n", ofTheSdk, StringComparison.Ordinal);
        Assert.EndsWith("&b%3A=&b-=", wire.CanonicalQuery(), StringComparison.Ordinal);
        Assert.Contains("\nx:a\n", ofTheSdk, StringComparison.Ordinal);
        Assert.Contains("x:a\u00a0", wire.CanonicalHeaders());
        Assert.DoesNotContain("\na=00&a=1", ofTheSdk, StringComparison.Ordinal);
        Assert.StartsWith("a=00&a=014&a=07&a=11&a=115&", wire.CanonicalQuery(), StringComparison.Ordinal);
    }

    private static bool SortsOtherwiseWhenEncoded(MeantRequest meant)
    {
        var decoded = meant.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal);
        var encoded = meant.Parameters
            .OrderBy(p => Uri.EscapeDataString(p.Name), StringComparer.Ordinal)
            .ThenBy(p => Uri.EscapeDataString(p.Value), StringComparer.Ordinal);
        return !decoded.SequenceEqual(encoded);
    }

    private static bool HoldsOtherWhiteSpace(MeantRequest meant) =>
        meant.Headers.Any(header => header.Value.Any(c => char.IsWhiteSpace(c) && c is not (' ' or '\t')));

    private static bool HasManyWithARepeatedName(MeantRequest meant) => meant.Parameters.Count > 16 && meant.Parameters.DistinctBy(p => p.Name).Count() < meant.Parameters.Count;
}
