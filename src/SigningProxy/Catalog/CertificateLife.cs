using System.Globalization;

namespace SigningProxy.Catalog;

internal enum CertificateStanding
{
    Good,
    NotYetValid,

    /// <summary>Less than a quarter of its life is left, and 30 days at most.</summary>
    EndsSoon,
    Ended,
}

/// <summary>From when until when a certificate is valid.</summary>
/// <remarks>
/// Who renews certificates by itself does so with a third of their life left (cert-manager) or earlier: with a quarter left, it has failed
/// to. Of certificates that last for years, 30 days are time enough.
/// </remarks>
internal readonly record struct CertificateLife(DateTimeOffset Begin, DateTimeOffset End)
{
    private static readonly TimeSpan LongestNotice = TimeSpan.FromDays(30);

    /// <summary>From when its end is told of.</summary>
    public DateTimeOffset NoticeFrom => End - (End - Begin < 4 * LongestNotice ? (End - Begin) / 4 : LongestNotice);

    public CertificateStanding At(DateTimeOffset now) =>
        now < Begin ? CertificateStanding.NotYetValid
        : now >= End ? CertificateStanding.Ended
        : now >= NoticeFrom ? CertificateStanding.EndsSoon
        : CertificateStanding.Good;

    /// <summary>What there is to tell of it, as a clause, or null when it is good.</summary>
    public string? Problem(DateTimeOffset now) => At(now) switch
    {
        CertificateStanding.NotYetValid => $"its certificate is not valid before {Text(Begin)}",
        CertificateStanding.EndsSoon => $"its certificate ends in {Left(End - now)}, at {Text(End)}",
        CertificateStanding.Ended => $"its certificate has ended at {Text(End)}",
        _ => null,
    };

    private static string Left(TimeSpan left) => left.TotalDays >= 2 ? $"{(int)left.TotalDays} days" : $"{(int)left.TotalHours} hours";

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
