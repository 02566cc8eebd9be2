using System.Diagnostics;
using System.Globalization;

namespace SigningProxy.Tests.Fuzz;

/// <summary>
/// Many made-up inputs, each of which follows from a seed and its number alone. <c>SIGNING_PROXY_FUZZ_TIMES</c> takes that many times more of
/// them, as a slow stage does, and <c>SIGNING_PROXY_FUZZ_SEED</c> others.
/// </summary>
/// <param name="Output">Where it tells what it did; the file that <c>SIGNING_PROXY_TEST_FIGURES</c> names is told too.</param>
/// <param name="Inputs">How many there are when nobody asks for more.</param>
internal sealed record FuzzRun(ITestOutputHelper Output, int Inputs)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private static int Seed => Setting("SIGNING_PROXY_FUZZ_SEED", 20150830);

    /// <summary>Makes the inputs and judges each.</summary>
    /// <param name="make">Makes one, whose text tells what it is.</param>
    /// <param name="judge">Has the parser read it, asserts what may have come of it, and says in a word what did.</param>
    /// <returns>How often each came.</returns>
    public async Task<IReadOnlyDictionary<string, int>> EachAsync<T>(Func<Random, T> make, Func<T, Task<string>> judge)
    {
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var watch = Stopwatch.StartNew();
        var inputs = Inputs * Setting("SIGNING_PROXY_FUZZ_TIMES", 1);
        for (var number = 0; number < inputs; number++)
        {
            var input = make(new Random(unchecked((Seed * 1_000_003) + number)));
            try
            {
                var outcome = await judge(input);
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {Seed}, input {number}: {input}", e);
            }
            Assert.True(watch.Elapsed < Longest, $"{number} inputs of {inputs} took {watch.Elapsed}.");
        }
        Tell($"fuzz of {TestContext.Current.TestClass?.TestClassSimpleName}, seed {Seed}: {inputs} inputs in {watch.Elapsed.TotalSeconds:F1} s; {string.Join(", ", outcomes.Select(o => $"{o.Key} {o.Value}"))}");
        return outcomes;
    }

    private void Tell(string line)
    {
        Output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("SIGNING_PROXY_TEST_FIGURES") is { Length: > 0 } file)
            File.AppendAllText(file, line + "\n");
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
