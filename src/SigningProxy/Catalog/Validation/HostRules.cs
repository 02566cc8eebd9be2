using System.Text.RegularExpressions;

namespace SigningProxy.Catalog.Validation;

/// <summary>The form of a Host header.</summary>
internal static partial class HostRules
{
    public static bool IsHostAndPort(string text)
    {
        var parts = Form().Match(text);
        return parts.Success
            && (!parts.Groups["port"].Success || int.Parse(parts.Groups["port"].Value, System.Globalization.CultureInfo.InvariantCulture) is >= 1 and <= 65535)
            && (parts.Groups["v6"].Success
                ? System.Net.IPAddress.TryParse(parts.Groups["v6"].Value, out _)
                : parts.Groups["name"].Value.Split('.').All(l => l.Length is > 0 and <= 63) && parts.Groups["name"].Length <= 253);
    }

    [GeneratedRegex(@"^(?:\[(?<v6>[0-9A-Fa-f:.]+)\]|(?<name>[A-Za-z0-9_.-]+))(?::(?<port>[0-9]{1,5}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
