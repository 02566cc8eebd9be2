using System.Globalization;
using System.Text.RegularExpressions;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>What the gateway itself says of the requests that reached it, and of its answers.</summary>
internal sealed partial class RgwLog(string path)
{
    /// <summary>The target that STS and IAM are asked at.</summary>
    public const string Queries = "/";

    /// <param name="start">How the targets begin; <see cref="Queries"/> stands for itself alone.</param>
    /// <returns>The answers to such requests, oldest first.</returns>
    public IReadOnlyList<RgwAnswer> Answers(string start)
    {
        using var log = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var answers = new List<RgwAnswer>();
        while (log.ReadLine() is { } line)
        {
            if (Answer().Match(line) is { Success: true } match
                && match.Groups[2].Value is var target && (start == Queries ? target == start : target.StartsWith(start, StringComparison.Ordinal)))
            {
                answers.Add(new(match.Groups[1].Value, target, int.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture)));
            }
        }
        return answers;
    }

    /// <summary>The same, once there are as many; the gateway writes its log a little after it answers.</summary>
    public async Task<IReadOnlyList<RgwAnswer>> AnswersAsync(string start, int count)
    {
        IReadOnlyList<RgwAnswer> answers = [];
        await Wait.UntilAsync(() => (answers = Answers(start)).Count >= count, $"the gateway logs {count} requests to {start}");
        return answers;
    }

    [GeneratedRegex("""beast: 0x[0-9a-f]+: \S+ - \S+ \[[^\]]+\] "(\S+) (\S+) HTTP/1\.1" (\d{3}) """)]
    private static partial Regex Answer();
}

internal sealed record RgwAnswer(string Method, string Target, int Status);
