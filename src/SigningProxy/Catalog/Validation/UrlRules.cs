using System.Net;
using System.Text.RegularExpressions;
using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>The rules of URLs. No fault repeats a URL, which might hold a password.</summary>
internal static partial class UrlRules
{
    /// <summary>The URL of a named credential.</summary>
    public static void Destination(string? text, bool allowPlainHttp, Origin at, FaultList faults)
    {
        if (faults.Required(text, at, "url", "Write the destination's URL, such as https://dynamodb.eu-west-1.amazonaws.com."))
        {
            Judge(text, allowPlainHttp, at, "url",
                "Write https, or set allowPlainHttp: true if the request may cross the network unencrypted.", faults);
        }
    }

    /// <summary>The endpoint of STS or Roles Anywhere: keys come from there, so plain http is for loopback alone.</summary>
    public static void Endpoint(string? text, Origin at, FaultList faults)
    {
        if (text is not null)
            Judge(text, allowPlainHttp: false, at, "endpoint", "Write https.", faults);
    }

    /// <summary>The URL, or null when it breaks a rule.</summary>
    public static Uri? Parse(string? text, bool allowPlainHttp)
    {
        var faults = new FaultList();
        if (text is not null)
            Judge(text, allowPlainHttp, Origin.Of(""), "url", "", faults);
        return text is null || faults.HasErrors ? null : new Uri(text);
    }

    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static void Judge(string text, bool allowPlainHttp, Origin at, string field, string httpsMend, FaultList faults)
    {
        var parts = Form().Match(text);
        if (!parts.Success || !Uri.TryCreate(text, UriKind.Absolute, out var url) || !IsPlainHost(parts.Groups["authority"].Value, url))
            faults.Error(at, field, $"{field} must be an absolute URL of http or https", "Write it as https://host/base/path, in ASCII and without spaces.");
        else if (parts.Groups["authority"].Value.Contains('@'))
            faults.Error(at, field, $"{field} must have no user name or password", "Take out what stands before the @; keys belong to an external credential.");
        else if (parts.Groups["rest"].Success)
            faults.Error(at, field, $"{field} must have no query and no fragment", "Take out the ? or # and what follows it; a call brings its own query.");
        else if (url.Scheme == Uri.UriSchemeHttp && !allowPlainHttp && !IsLoopback(url.Host))
            faults.Error(at, field, $"{field} may be plain http only to a loopback address", httpsMend);
        else
            BasePath(parts.Groups["path"].Value, url, at, field, faults);
    }

    // The parser reads 2130706433 as 127.0.0.1 and decodes %41: a host must be what it looks like.
    private static bool IsPlainHost(string authority, Uri url) => url.Port != 0
        && (url.HostNameType == UriHostNameType.IPv6
            || (url.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4
                && authority[(authority.LastIndexOf('@') + 1)..].Split(':')[0].Equals(url.Host, StringComparison.OrdinalIgnoreCase)));

    // A base path that the URL parser would rewrite is refused, so that what was written is what is signed and sent.
    private static void BasePath(string path, Uri url, Origin at, string field, FaultList faults)
    {
        if (MalformedTriplet().IsMatch(path))
            faults.Error(at, field, $"{field} has a % in its path that is not followed by two hexadecimal digits", "Write %25 for a percent sign.");
        else if (EncodedSlash().IsMatch(path))
            faults.Error(at, field, $"{field} has an encoded slash or backslash in its path", "Write the path's slashes plainly.");
        else if (DotSegment().IsMatch(path))
            faults.Error(at, field, $"{field} has a dot segment in its path", "Write the path as it is once . and .. are resolved.");
        else if (path.Length > 0 && path != url.AbsolutePath)
            faults.Error(at, field, $"{field} has a path that is not in its plain form", "Encode what is not a letter, digit or one of -._~ once, and nothing else.");
    }

    [GeneratedRegex(@"^https?://(?<authority>[\x21-\x22\x24-\x2e\x30-\x3e\x40-\x5b\x5d-\x7e]+)(?<path>/[\x21-\x22\x24-\x3e\x40-\x5b\x5d-\x7e]*)?(?<rest>[?#].*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex MalformedTriplet();

    [GeneratedRegex("%(?:2F|5C)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex EncodedSlash();

    [GeneratedRegex(@"/(?:\.|%2E){1,2}(?=/|\z)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex DotSegment();
}
