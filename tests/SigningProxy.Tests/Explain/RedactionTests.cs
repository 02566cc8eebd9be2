using System.Text;
using System.Text.Json;
using SigningProxy.Explain;
using SigningProxy.Explain.Comparing;

namespace SigningProxy.Tests.Explain;

public sealed class RedactionTests
{
    private const string Token = "IQoJb3JpZ2luX2VjE+a/session==";

    private const string Request =
        $"GET /?note={Explained.Secret} HTTP/1.1\nHost: sqs.eu-west-1.amazonaws.com\nCookie: a=cookie-secret\nX-Api-Key: key-secret\nX-Team: team-secret\nX-Open: open {Token}\n";

    private static readonly SigningTerms Terms = new() { Instant = Explained.At, SignAllHeaders = true };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_LeavesNoSecretInAnyForm(bool presigned)
    {
        var all = Written(Explained.Of(Request, Terms with { Presign = presigned ? TimeSpan.FromHours(1) : null }, Token), showsToken: false);

        // The plus sign in it is a space in the query, so that no form of the whole would find it.
        string[] secrets = [Explained.Secret, Uri.EscapeDataString(Explained.Secret), "K7MDENG", Token, Uri.EscapeDataString(Token), "cookie-secret", "key-secret", "team-secret"];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
        Assert.Contains("<session token, 29 characters>", all, StringComparison.Ordinal);
        Assert.Contains("<secret access key>", all, StringComparison.Ordinal);
        Assert.Contains("x-team:<value not shown, 11 characters>", all, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_WhenTokensAreToBeShown_ShowsThemAlone()
    {
        var all = Written(Explained.Of(Request, Terms, Token), showsToken: true);

        Assert.Contains($"x-amz-security-token:{Token}", all, StringComparison.Ordinal);
        Assert.DoesNotContain("cookie-secret", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Explained.Secret, all, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AComparison_ShowsNeitherToken()
    {
        const string Theirs = "another-session-token-of-the-answer";
        var explanation = Explained.Of("GET / HTTP/1.1\nHost: sqs.eu-west-1.amazonaws.com\n", Terms, Token);
        var answer = AwsAnswer.Read(Encoding.UTF8.GetBytes(explanation.CanonicalRequest.Replace(Token, Theirs, StringComparison.Ordinal)));
        explanation = explanation with { Comparison = Comparison.Of(explanation, Explained.Request("GET / HTTP/1.1\nHost: sqs.eu-west-1.amazonaws.com\n"), answer) };

        var all = Written(explanation, showsToken: false);

        Assert.DoesNotContain(Theirs, all, StringComparison.Ordinal);
        Assert.Contains("header x-amz-security-token", all, StringComparison.Ordinal);
    }

    private static string Written(Explanation explanation, bool showsToken)
    {
        var redacted = new Redaction(Explained.Keys(Token), ["X-Team"], showsToken).Of(explanation);
        using var text = new StringWriter();
        ExplanationText.Write(redacted, text);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            ExplanationJson.Write(redacted, json);
            json.WriteEndObject();
        }
        return text + Encoding.UTF8.GetString(stream.ToArray());
    }
}
