using SigningProxy.Catalog;
using SigningProxy.Sessions;
using SigningProxy.Setup.Api;

namespace SigningProxy.Setup.Pages.Entries;

/// <summary>How something is, in a word or two.</summary>
/// <param name="Text">The words.</param>
/// <param name="Tone"><c>good</c>, <c>bad</c>, <c>plain</c>: never the colour alone.</param>
/// <param name="Detail">What is missing or went wrong; null for nothing.</param>
internal sealed record StatusWord(string Text, string Tone, string? Detail = null)
{
    public static StatusWord Of(EntryStatus status) => status.State switch
    {
        "configured" => new("Configured", "good"),
        "notConfigured" => new("Not configured", "bad", string.Join("; ", status.Missing)),
        _ => new("Not in use", "plain", "The catalog in use does not have it."),
    };

    /// <summary>Of a certificate.</summary>
    public static StatusWord Of(CertificateChain? chain, DateTimeOffset now) =>
        chain is null ? new("Not in use", "plain", "The catalog in use does not have it.") : Of(chain.Life, now);

    /// <summary>Of a certificate that is in use.</summary>
    public static StatusWord Of(CertificateLife life, DateTimeOffset now) => life.At(now) switch
    {
        CertificateStanding.Good => new("Valid", "good"),
        CertificateStanding.EndsSoon => new("Ends soon", "bad", life.Problem(now)),
        CertificateStanding.Ended => new("Ended", "bad", life.Problem(now)),
        _ => new("Not yet valid", "bad", life.Problem(now)),
    };

    /// <summary>Of a principal's session; null where there has been none yet.</summary>
    public static StatusWord? Of(SessionStatus? session, DateTimeOffset now) => session switch
    {
        { LastError: { } error } => new(session.IsObtained(now) ? "Works, but the last attempt failed" : "Does not work", "bad", error),
        { } when session.IsObtained(now) => new("Works", "good"),
        _ => null,
    };
}
