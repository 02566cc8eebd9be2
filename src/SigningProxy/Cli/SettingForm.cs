using System.Globalization;

namespace SigningProxy.Cli;

/// <summary>What the text of a host setting must be.</summary>
internal enum SettingForm
{
    Text,

    /// <summary>One text at each number: <c>:0</c>, <c>:1</c> and so on.</summary>
    Texts,

    Bytes,

    Number,

    Duration,

    /// <summary><c>On</c> or <c>Off</c>.</summary>
    OnOrOff,

    /// <summary><c>Eager</c> or <c>Lazy</c>.</summary>
    EagerOrLazy,
}

internal static class SettingForms
{
    /// <summary>What is wrong with a setting's form, or null. The value is not quoted: it may be a secret that was put into the wrong place.</summary>
    public static string? FaultOf(this SettingForm form, IConfigurationSection setting) => (form, setting.Value) switch
    {
        (_, null) or (SettingForm.Text, _) or (SettingForm.Texts, "") => null,
        (SettingForm.Texts, _) => $"{setting.Path}: the value is not a list. Give each text a number of its own, such as {setting.Path}:0.",
        (SettingForm.Bytes, var value) => long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
            ? null
            : $"{setting.Path}: the value is not a whole number of bytes. Write digits alone, such as 65536.",
        (SettingForm.Number, var value) => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
            ? null
            : $"{setting.Path}: the value is not a whole number. Write digits alone, such as 900.",
        (SettingForm.OnOrOff, var value) => Word(setting, value, "On", "Off"),
        (SettingForm.EagerOrLazy, var value) => Word(setting, value, "Eager", "Lazy"),
        (_, var value) => TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _)
            ? null
            : $"{setting.Path}: the value is not a duration. Write it as hours:minutes:seconds, such as 00:01:30.",
    };

    private static string? Word(IConfigurationSection setting, string value, params string[] words) => words.Contains(value, StringComparer.OrdinalIgnoreCase)
        ? null
        : $"{setting.Path}: the value is not one of the words it takes. Write {string.Join(" or ", words)}.";
}
