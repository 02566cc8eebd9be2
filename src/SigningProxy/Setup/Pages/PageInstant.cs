using System.Globalization;

namespace SigningProxy.Setup.Pages;

/// <summary>Instants as pages tell them: in UTC, to the second.</summary>
internal static class PageInstant
{
    public static string Of(DateTimeOffset instant) => $"{instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC";
}
