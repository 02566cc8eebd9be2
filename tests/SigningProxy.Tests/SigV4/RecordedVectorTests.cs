using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

/// <summary>Every request that other people's signers signed, signed here: each must come out as it did there.</summary>
public sealed class RecordedVectorTests
{
    /// <summary>No figure of the recorder's own: what it must not fall below.</summary>
    private static readonly (string Category, int Count)[] Least =
        [("path", 240), ("query", 140), ("headers", 100), ("profiles", 60), ("tokens", 45), ("payload", 60), ("presign", 110), ("sigv4a", 90)];

    public static TheoryData<string> HeaderForm => ["path", "query", "headers", "profiles", "tokens", "payload"];

    [Theory]
    [MemberData(nameof(HeaderForm))]
    public void Sign_OfEveryVector_IsAsItsSignersSigned(string category)
    {
        foreach (var vector in Of(category))
        {
            var trace = vector.Request.Trace();
            Assert.Equal((vector.N, vector.CanonicalRequest), (vector.N, trace.CanonicalRequest));
            Assert.Equal((vector.N, vector.StringToSign), (vector.N, trace.StringToSign));
            Assert.Equal((vector.N, vector.Signature), (vector.N, trace.Signature));
        }
    }

    [Fact]
    public void Presign_OfEveryVector_IsAsItsSignersPresigned()
    {
        foreach (var vector in Of("presign"))
        {
            var trace = new SigningTrace();
            var query = vector.Request.Presign(vector.Expires!.Value, trace);
            Assert.Equal((vector.N, vector.CanonicalRequest), (vector.N, trace.CanonicalRequest));
            Assert.Equal((vector.N, vector.StringToSign), (vector.N, trace.StringToSign));
            Assert.Equal((vector.N, vector.Signature), (vector.N, trace.Signature));
            Assert.Contains($"&X-Amz-Signature={vector.Signature}", query, StringComparison.Ordinal);
        }
    }

    /// <summary>No two signatures are alike; that ours hold is asked elsewhere.</summary>
    [Fact]
    public void SignAcrossRegions_OfEveryVector_SignsWhatItsSignersSigned()
    {
        foreach (var vector in Of("sigv4a"))
        {
            var trace = new SigningTrace();
            if (vector.Expires is { } seconds)
                vector.Request.Presign(seconds, trace);
            else
                vector.Request.Sign(trace);
            Assert.Equal((vector.N, vector.CanonicalRequest), (vector.N, trace.CanonicalRequest));
            Assert.Equal((vector.N, vector.StringToSign), (vector.N, trace.StringToSign));
        }
    }

    [Fact]
    public void SentPath_WhereTheSignersWereGivenOne_IsThat()
    {
        var settled = RecordedVector.All.Where(vector => vector.Settled is not null).ToList();

        Assert.InRange(settled.Count, 20, RecordedVector.All.Count);
        Assert.All(settled, vector => Assert.Equal(vector.Settled, vector.SentPath));
    }

    [Fact]
    public void Vectors_OfEachKind_AreEnough()
    {
        Assert.InRange(RecordedVector.All.Count, 600, int.MaxValue);
        Assert.All(Least, least => Assert.InRange(Of(least.Category).Count(), least.Count, int.MaxValue));
        Assert.Equal(RecordedVector.All.Count, Least.Sum(least => Of(least.Category).Count()));
        Assert.DoesNotContain(RecordedVector.All, vector => vector.Signers.Length < 2);
        Assert.InRange(RecordedVector.All.Count(vector => vector.Signers.Length == 3), 500, int.MaxValue);
    }

    [Fact]
    public void Disagreements_AreThoseOfTheTable()
    {
        var table = File.ReadLines(RepositoryRoot.Find("tests", "vectors", "README.md"))
            .SkipWhile(line => line != "## Where they differ")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);

        Assert.Equal(table.Order(), RecordedVector.All.SelectMany(vector => vector.Against ?? []).Distinct().Order());
    }

    private static IEnumerable<RecordedVector> Of(string category) => RecordedVector.All.Where(vector => vector.Category == category);
}
