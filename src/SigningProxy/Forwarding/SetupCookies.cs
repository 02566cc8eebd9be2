using Microsoft.Extensions.Primitives;

namespace SigningProxy.Forwarding;

/// <summary>
/// The cookies of Setup. A browser sends a host's cookies to all its ports: what it shows Setup comes to the listeners for callouts too, and is
/// no destination's to see or to set.
/// </summary>
internal static class SetupCookies
{
    /// <summary>The cookie of a browser that signed in to Setup; the names of all others of Setup begin with it.</summary>
    public const string Session = "__Host-SigningProxy-Setup";

    /// <summary>The cookie of a sign-in by OIDC that is under way.</summary>
    public const string Oidc = $"{Session}-Oidc";

    /// <summary>As long as a browser lets a cookie be, in characters.</summary>
    public const int LongestValue = 4096;

    /// <summary>Takes them off a request. Where there is no Cookie header, nothing is looked at.</summary>
    public static void TakeOff(IHeaderDictionary request)
    {
        var lines = request.Cookie;
        if (lines.Count == 0 || !lines.Any(line => line?.Contains(Session, StringComparison.OrdinalIgnoreCase) == true))
            return;
        string[] others = [.. lines.Select(line => string.Join(';', (line ?? "").Split(';').Where(pair => !IsOurs(pair))).Trim()).Where(line => line.Length > 0)];
        request.Cookie = new StringValues(others);
    }

    /// <summary>Drops those that a destination would set.</summary>
    public static void Drop(IHeaderDictionary answer)
    {
        var lines = answer.SetCookie;
        if (lines.Any(line => line is not null && IsOurs(line)))
            answer.SetCookie = new StringValues([.. lines.Where(line => line is null || !IsOurs(line))]);
    }

    // A cookie without a name is sent as its bare value, which then reads as a name.
    private static bool IsOurs(string pair) => pair.AsSpan().TrimStart(" \t=").StartsWith(Session, StringComparison.OrdinalIgnoreCase);
}
