using System.Text;
using System.Text.RegularExpressions;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Callers;

/// <summary>A name that does not exist, and one that is not the caller's to use: nobody can tell which is which, by the answer or by the clock.</summary>
public sealed partial class NoOracleTests(MatrixStage stage, ITestOutputHelper output) : IClassFixture<MatrixStage>
{
    private const string Unknown = "Absent";
    private const int Pairs = 2000;
    private const int WarmUp = 3000;
    private const int Rounds = 3;

    private static readonly TimeSpan Noticeable = TimeSpan.FromMicroseconds(200);

    // The names are as long as the unknown one, so that lengths can be compared too.
    [Theory]
    [InlineData("Ledger", "idle", "-")]
    [InlineData("Closed", "idle", "-")]
    [InlineData("Ledger", "orders", "Chief")]
    [InlineData("Stocks", "idle", "-")]
    [InlineData("Stocks", "idle", "-", 1000)]
    [InlineData("Ledger", "idle", "-", 1000)]
    [InlineData("Object", "idle", "-", 1000)]
    public void Refusals_OfUnknownAndForbiddenNames_AreAlikeInAnswerAndTime(string forbidden, string caller, string wanted, int segments = 1)
    {
        var rounds = Measure(forbidden, caller, wanted, extra: TimeSpan.Zero, segments).ToList();

        Assert.Contains(rounds, r => r.AreAlike);
        Assert.Empty(stage.Aws.Requests);
    }

    [Theory]
    [InlineData("", "idle")]
    [InlineData("?x", "idle")]
    [InlineData("//x", "idle")]
    [InlineData("/../x", "idle")]
    [InlineData("/../x", "nobody")]
    [InlineData("/a/%2e%2e/..", "idle")]
    [InlineData("/..%2fx", "idle")]
    [InlineData("/%", "idle")]
    [InlineData("%2fx", "idle")]
    [InlineData("/x", "nobody")]
    public void Refusals_WhateverIsBehindTheName_AreAlike(string behind, string caller)
    {
        using var connection = stage.ConnectByToken();

        string Ask(string name) => Told(connection.Ask(Encoding.ASCII.GetBytes($"GET /{name}{behind} HTTP/1.1\r\nHost: localhost\r\nX-SigningProxy-Token: {MatrixStage.TokenOf(caller)}\r\n\r\n")).Answer, name);

        Assert.Equal(Ask(Unknown), Ask("Ledger"));
        Assert.Empty(stage.Aws.Requests);
    }

    [Fact]
    public void Refusals_WhereOneSideTakes200MicrosecondsMore_AreToldApart() =>
        Assert.DoesNotContain(Measure("Ledger", "idle", "-", Noticeable), r => r.AreAlike);

    [Theory]
    [InlineData(new long[] { 100, 900, 101 }, new long[] { 104, 10, 105 }, true)]
    [InlineData(new long[] { 100, 100, 100 }, new long[] { 105, 105, 105 }, true)]
    [InlineData(new long[] { 100, 100, 100, 300, 300 }, new long[] { 101, 101, 301, 301, 301 }, true)]
    [InlineData(new long[] { 100, 100, 100, 300, 300 }, new long[] { 106, 106, 306, 306, 306 }, false)]
    [InlineData(new long[] { 100, 100, 100 }, new long[] { 106, 106, 106 }, false)]
    [InlineData(new long[] { 106, 106, 106 }, new long[] { 100, 100, 100 }, false)]
    public void Latencies_AreAlike_WhereMediansDifferByAFewPercent(long[] one, long[] other, bool alike) =>
        Assert.Equal(alike, new PairedLatencies(one, other).AreAlike);

    /// <summary>Measures until a round finds no difference, on a machine that others keep busy; no more often than is sensible.</summary>
    private IEnumerable<PairedLatencies> Measure(string forbidden, string caller, string wanted, TimeSpan extra, int segments = 1)
    {
        using var connection = stage.ConnectByToken();
        var (unknown, known) = (Request(Unknown, caller, wanted, segments), Request(forbidden, caller, wanted, segments));
        for (var i = 0; i < WarmUp; i++)
        {
            Assert.Equal(403, connection.Ask(unknown).Answer.Status);
            Assert.Equal(403, connection.Ask(known).Answer.Status);
        }
        for (var round = 0; round < Rounds; round++)
        {
            var latencies = Round(connection, unknown, known, forbidden, extra, new Random(round));
            Figures.Tell(output, $"{Unknown} and {forbidden} as {caller}, {segments} segments, {extra.TotalMicroseconds} us put into one: {latencies}");
            yield return latencies;
            if (latencies.AreAlike)
                yield break;
        }
    }

    private static PairedLatencies Round(KeptConnection connection, byte[] unknown, byte[] known, string forbidden, TimeSpan extra, Random random)
    {
        var (ofUnknown, ofKnown) = (new List<long>(Pairs), new List<long>(Pairs));
        for (var i = 0; i < Pairs; i++)
        {
            // Whichever comes second finds everything warmer.
            var unknownFirst = random.Next(2) == 0;
            var first = connection.Ask(unknownFirst ? unknown : known, unknownFirst ? TimeSpan.Zero : extra);
            var second = connection.Ask(unknownFirst ? known : unknown, unknownFirst ? extra : TimeSpan.Zero);
            var (one, other) = unknownFirst ? (first, second) : (second, first);
            Assert.Contains($"\\\"{Unknown}\\\"", one.Answer.Body, StringComparison.Ordinal);
            Assert.Equal(Told(one.Answer, Unknown), Told(other.Answer, forbidden));
            ofUnknown.Add(one.Ticks);
            ofKnown.Add(other.Ticks);
        }
        return new PairedLatencies(ofUnknown, ofKnown);
    }

    /// <summary>All of an answer but the name, the trace and the second of the day.</summary>
    private static string Told(RawAnswer answer, string name)
    {
        var body = TraceId().Replace(answer.Body.Replace(name, "NAME", StringComparison.Ordinal), "\"traceId\":\"TRACE\"");
        return $"{Date().Replace(answer.Head, "Date: NOW")}\n{body}";
    }

    private static byte[] Request(string name, string caller, string wanted, int segments) => Encoding.ASCII.GetBytes(
        $"GET /{name}{string.Concat(Enumerable.Repeat("/x", segments))} HTTP/1.1\r\nHost: localhost\r\nX-SigningProxy-Token: {MatrixStage.TokenOf(caller)}\r\n{(wanted == "-" ? "" : $"X-SigningProxy-Principal: {wanted}\r\n")}\r\n");

    [GeneratedRegex("\"traceId\":\"[^\"]+\"")]
    private static partial Regex TraceId();

    [GeneratedRegex("Date: [^\r\n]+")]
    private static partial Regex Date();
}
