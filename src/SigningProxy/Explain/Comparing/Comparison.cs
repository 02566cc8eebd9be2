using SigningProxy.Explain.Requests;

namespace SigningProxy.Explain.Comparing;

/// <summary>How what was signed here differs from what AWS made of the request that it got.</summary>
internal sealed record Comparison
{
    /// <summary>AWS's error code, or null.</summary>
    public required string? Code { get; init; }

    /// <summary>Whether there was something to compare and nothing in it differs.</summary>
    public required bool IsEqual { get; init; }

    /// <summary>All that differs, in the order of the lines; the first has a hint.</summary>
    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>What follows from it, in sentences.</summary>
    public required string Verdict { get; init; }

    /// <param name="explanation">What was signed here, with nothing redacted.</param>
    /// <param name="request">Of which request.</param>
    /// <param name="answer">AWS's answer.</param>
    public static Comparison Of(Explanation explanation, RawRequest request, AwsAnswer answer)
    {
        var differences = new List<Difference>();
        if (answer.CanonicalRequest is { } theirs)
            differences.AddRange(Difference.Between(CanonicalText.Parse(explanation.CanonicalRequest)!, theirs));
        // The hash of a canonical request that differs says nothing more.
        if (answer.StringToSign is { } text)
            differences.AddRange(Difference.Between(StringToSignText.Parse(explanation.StringToSign)!, text).Where(d => answer.CanonicalRequest is null || d.Part is "algorithm" or "date" or "scope"));
        if (differences.Count > 0)
            differences[0] = differences[0] with { Hint = DifferenceHint.Of(differences[0], explanation, request) };
        var compared = answer.CanonicalRequest is not null || answer.StringToSign is not null;
        return new Comparison
        {
            Code = CodeHint.Plain(answer.Code),
            IsEqual = compared && differences.Count == 0,
            Differences = differences,
            Verdict = !compared ? $"There is no canonical request in the answer. {CodeHint.Of(answer)}"
                : differences.Count > 0 ? $"The first difference is the {differences[0].Part}."
                : answer.Code is null ? "There is no difference."
                : "Canonical request and string to sign are AWS's own. Then it is the key: the secret does not belong to the access key id, has white space or a line end too many, "
                    + "or the signing key was derived from another date, region or service. Or the signature was changed on its way.",
        };
    }
}
