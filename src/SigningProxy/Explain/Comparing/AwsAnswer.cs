using System.Text;
using System.Text.RegularExpressions;

namespace SigningProxy.Explain.Comparing;

/// <summary>What AWS said of a signature that it refused: what it made of the request itself.</summary>
internal sealed partial record AwsAnswer
{
    /// <summary>AWS's error code, or null.</summary>
    public string? Code { get; init; }

    /// <summary>AWS's message, or null. It may quote a token.</summary>
    public string? Message { get; init; }

    public CanonicalText? CanonicalRequest { get; init; }

    public StringToSignText? StringToSign { get; init; }

    /// <summary>Reads an error answer of XML or JSON, with or without its head; a canonical request; or a string to sign.</summary>
    /// <exception cref="ExplainException">It is none of these.</exception>
    public static AwsAnswer Read(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        // curl -i writes the head too.
        if (text.StartsWith("HTTP/", StringComparison.Ordinal) && text.IndexOf("\n\n", StringComparison.Ordinal) is >= 0 and var head)
            text = text[(head + 2)..];
        var body = text.Trim();
        var answer = body.Length == 0 ? null
            : body[0] == '<' ? XmlAnswer.Read(body)
            : body[0] == '{' ? JsonAnswer.Read(body)
            : new AwsAnswer { Message = body }.WithQuotes() is { CanonicalRequest: not null } quoted ? quoted
            : Bare(body);
        return answer ?? throw new ExplainException(
            "What it is to be compared with is neither an error answer of AWS's in XML or JSON, nor a canonical request, nor a string to sign. Save the answer's body as it came.");
    }

    /// <summary>Takes what the message quotes, where the answer does not hold it in members of its own.</summary>
    public AwsAnswer WithQuotes() => CanonicalRequest is null && Quotes().Match(Message ?? "") is { Success: true } quotes
        ? this with { CanonicalRequest = CanonicalText.Parse(quotes.Groups["canonical"].Value), StringToSign = StringToSignText.Parse(quotes.Groups["string"].Value) }
        : this;

    private static AwsAnswer? Bare(string text) => (CanonicalText.Parse(text), StringToSignText.Parse(text)) switch
    {
        (null, null) => null,
        var (canonical, stringToSign) => new AwsAnswer { CanonicalRequest = canonical, StringToSign = stringToSign },
    };

    [GeneratedRegex(
        @"The Canonical String for this request should have been\s*'(?<canonical>.*?)'\s*The String-to-Sign should have been\s*'(?<string>[^']*)'",
        RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Quotes();
}
