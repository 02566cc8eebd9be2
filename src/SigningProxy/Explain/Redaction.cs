using System.Collections.Frozen;
using System.Text.RegularExpressions;
using SigningProxy.Explain.Comparing;
using SigningProxy.SigV4;

namespace SigningProxy.Explain;

/// <summary>Takes out of an explanation what must not be shown: session tokens, and the values of headers that hold secrets. What stands in its place tells its length.</summary>
internal sealed partial class Redaction
{
    /// <summary>What stands in a value's place begins so.</summary>
    public const char Opening = '<';

    private const string TokenHeader = "x-amz-security-token";

    // A shorter text may stand elsewhere by chance.
    private const int ShortestSecret = 8;

    private static readonly string[] Secrets =
    [
        "cookie", "proxy-authorization", "x-api-key", "x-signingproxy-token", "x-amz-server-side-encryption-customer-key",
        "x-amz-copy-source-server-side-encryption-customer-key",
    ];

    private readonly FrozenSet<string> _secretHeaders;
    private readonly SessionCredentials _credentials;
    private readonly bool _showsToken;

    /// <param name="credentials">Those that signed.</param>
    /// <param name="moreSecretHeaders">The names of an operator's own headers.</param>
    /// <param name="showsToken">Whether session tokens are left as they stand.</param>
    public Redaction(SessionCredentials credentials, IEnumerable<string> moreSecretHeaders, bool showsToken)
    {
        (_credentials, _showsToken) = (credentials, showsToken);
        _secretHeaders = Secrets.Concat(moreSecretHeaders).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    public Explanation Of(Explanation explanation) => explanation with
    {
        Url = Everywhere(Query(explanation.Url)),
        CanonicalRequest = Everywhere(Canonical(explanation.CanonicalRequest)),
        Headers = [.. explanation.Headers.Select(h => h with { Value = Everywhere(Header(h.Name, h.Value)) })],
        Notes = [.. explanation.Notes.Select(Everywhere)],
        Comparison = explanation.Comparison is { } comparison ? Of(comparison) : null,
    };

    private Comparison Of(Comparison comparison) => comparison with
    {
        Differences = [.. comparison.Differences.Select(d => d with
        {
            Ours = Shown(d, d.Ours),
            Theirs = Shown(d, d.Theirs),
            Hint = d.Hint is null ? null : Everywhere(d.Hint),
        })],
    };

    private string? Shown(Difference difference, string? value) => value is null ? null
        : Everywhere(difference.HeaderName is { } name ? Header(name, value) : difference.Part == "query" ? Query(value) : value);

    private string Canonical(string text) => string.Join('\n', text.Split('\n').Select((line, i) => i switch
    {
        2 => Query(line),
        > 2 when line.Split(':', 2) is [var name, var value] => $"{name}:{Header(name, value)}",
        _ => line,
    }));

    private string Header(string name, string value) =>
        name.Equals(TokenHeader, StringComparison.OrdinalIgnoreCase) ? Token(value)
        : _secretHeaders.Contains(name) ? $"<value not shown, {value.Length} characters>"
        : value;

    private string Query(string text) => TokenParameter().Replace(text, parameter => parameter.Groups["name"].Value + Token(Uri.UnescapeDataString(parameter.Groups["token"].Value)));

    private string Token(string token) => _showsToken ? token : $"<session token, {token.Length} characters>";

    /// <summary>Wherever else a secret may have come to stand: a request is what somebody wrote, and an answer may repeat it.</summary>
    public string Everywhere(string text)
    {
        if (_credentials.SessionToken is { } token && !_showsToken)
            text = Replace(text, token, Token(token));
        return Replace(text, _credentials.RevealSecret(), "<secret access key>");
    }

    /// <summary>Replaces a secret as it is, and as paths and queries have it.</summary>
    private static string Replace(string text, string secret, string shown)
    {
        if (secret.Length < ShortestSecret)
            return text;
        var encoded = Uri.EscapeDataString(secret);
        string[] forms = [secret, encoded, Uri.EscapeDataString(secret.Replace('+', ' ')), Uri.EscapeDataString(encoded)];
        return forms.Aggregate(text, (redacted, form) => redacted.Replace(form, shown, StringComparison.Ordinal));
    }

    [GeneratedRegex("(?<name>X-Amz-Security-Token=)(?<token>[^&]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TokenParameter();
}
