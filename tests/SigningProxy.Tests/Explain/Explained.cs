using System.Text;
using SigningProxy.Explain;
using SigningProxy.Explain.Comparing;
using SigningProxy.Explain.Requests;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Explain;

/// <summary>Explains requests with the keys and the moment of AWS's documented examples.</summary>
internal static class Explained
{
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public static readonly DateTimeOffset At = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    /// <summary>The terms of AWS's test suite.</summary>
    public static SigningTerms Suite { get; } = new()
    {
        Service = "service",
        Region = "us-east-1",
        Instant = At,
        ContentSha256Header = ContentSha256Header.Off,
        SignAllHeaders = true,
    };

    public static SessionCredentials Keys(string? token = null) => new("AKIDEXAMPLE", Secret, token);

    public static RawRequest Request(string text) => RawRequestReader.Read(Encoding.UTF8.GetBytes(text));

    public static Explanation Of(string request, SigningTerms? terms = null, string? token = null, AwsAnswer? answer = null) =>
        TermsExplanation.Of(Request(request), terms ?? new SigningTerms { Instant = At }, Keys(token), answer, At);

    public static Comparison Compared(string request, string answer, SigningTerms? terms = null)
    {
        var read = AwsAnswer.Read(Encoding.UTF8.GetBytes(answer));
        return Comparison.Of(Of(request, terms ?? new SigningTerms { ContentSha256Header = ContentSha256Header.Off }, answer: read), Request(request), read);
    }
}
