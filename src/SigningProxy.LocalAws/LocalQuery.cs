using System.Globalization;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws;

/// <summary>The query of a switch. What cannot be read is a <see cref="FormatException"/> that says what would be.</summary>
internal sealed class LocalQuery(string rawQuery)
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> _parameters =
        CanonicalQuery.Parse(rawQuery) ?? throw new FormatException("The query holds a percent sign without two hexadecimal digits.");

    public LocalTarget Target => this["target"] switch
    {
        "destinations" => LocalTarget.Destinations,
        "sts" => LocalTarget.Sts,
        "rolesanywhere" => LocalTarget.RolesAnywhere,
        _ => throw new FormatException("target must be destinations, sts or rolesanywhere."),
    };

    public LocalRevocation Revocation => this["as"] switch
    {
        null or "expired" => LocalRevocation.Expired,
        "invalid" => LocalRevocation.Invalid,
        _ => throw new FormatException("as must be expired or invalid."),
    };

    // Ten years either way: what a clock can be set to without leaving the calendar
    public TimeSpan Seconds => double.TryParse(this["seconds"], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) < 3.2e8
        ? TimeSpan.FromSeconds(seconds)
        : throw new FormatException("seconds must be a number such as 1.5.");

    /// <summary>A parameter, decoded; null when it is absent.</summary>
    public string? this[string name] => CanonicalQuery.Value(_parameters, name);

    /// <summary>A whole number; null when it is absent.</summary>
    public int? Number(string name) => this[name] switch
    {
        null => null,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new FormatException($"{name} must be a whole number."),
    };
}
