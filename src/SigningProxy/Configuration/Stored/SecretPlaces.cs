using System.Globalization;
using System.Text.RegularExpressions;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Configuration.Stored;

/// <summary>Finds where secrets stand in an entry: <c>{value: TEXT}</c>, and the forms that stand for one.</summary>
internal static partial class SecretPlaces
{
    public const string Value = "value";

    /// <summary>In the store: the secret is sealed beside the entry, under this field.</summary>
    public const string Stored = "stored";

    /// <summary>In an exported file: the secret itself, sealed with the master key.</summary>
    public const string Sealed = "sealed";

    /// <summary>The same entry with other nodes where secrets stand.</summary>
    /// <param name="node">The entry, or a part of it.</param>
    /// <param name="field">Its field, such as <c>principals[0].accessSecret</c>; empty for a whole entry.</param>
    /// <param name="replace">Given the field, the form and its text, tells what is to stand there.</param>
    public static YamlNode Replace(YamlNode node, string field, Func<string, string, string, YamlNode> replace) => node switch
    {
        YamlMap { Entries: [({ Value: Value or Stored or Sealed } form, YamlText { IsNull: false } text)] } => replace(field, form.Value, text.Value),
        YamlMap map => map with { Entries = [.. map.Entries.Select(e => (e.Key, Replace(e.Value, Child(field, e.Key.Value), replace)))] },
        YamlList list => list with { Items = [.. list.Items.Select((item, i) => Replace(item, Item(field, i), replace))] },
        _ => node,
    };

    /// <summary>A secret in one of its forms.</summary>
    public static YamlMap Of(string form, string text) => new(1, 3, [(new YamlText(1, form, Plain: true), new YamlText(1, text, Plain: false))]);

    public static string Child(string field, string key) => field.Length == 0 ? key : $"{field}.{key}";

    public static string Item(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");

    /// <summary>A field without the places in its lists: alike for fields of one kind.</summary>
    public static string WithoutPlaces(string field) => Place().Replace(field, "[]");

    /// <summary>The place in a list that a field begins with, such as 1 of <c>principals[1].accessKey</c>; null where it does not.</summary>
    public static int? PlaceIn(string list, string field) =>
        field.StartsWith($"{list}[", StringComparison.Ordinal) && int.TryParse(field.AsSpan(list.Length + 1, Math.Max(0, field.IndexOf(']', StringComparison.Ordinal) - list.Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? place
            : null;

    [GeneratedRegex(@"\[[0-9]+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
