using System.Globalization;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Exchange;

/// <summary>Makes the nodes of a catalog, and finds their fields.</summary>
internal static class Nodes
{
    /// <summary>A map of the fields that there are.</summary>
    public static YamlMap Map(params IEnumerable<(string Key, YamlNode? Value)> fields) =>
        new(0, 1, [.. fields.Where(f => f.Value is not null).Select(f => (new YamlText(0, f.Key, Plain: true), f.Value!))]);

    /// <summary>A list, or null where it would be empty.</summary>
    public static YamlList? List(IEnumerable<YamlNode> items) => items.ToList() is { Count: > 0 } list ? new YamlList(0, 1, list) : null;

    public static YamlText? Text(string? text) => text is null ? null : new YamlText(0, text, Plain: false);

    public static YamlText? Number(int? number) => number is { } value ? new YamlText(0, value.ToString(CultureInfo.InvariantCulture), Plain: true) : null;

    public static YamlText? Flag(bool? flag) => flag is { } value ? new YamlText(0, value ? "true" : "false", Plain: true) : null;

    /// <summary>A reference, such as <c>{env: NAME}</c>.</summary>
    public static YamlMap Reference(string form, string text) => Map((form, Text(text)));

    public static YamlNode? Field(this YamlMap of, string field) =>
        of.Entries.FirstOrDefault(e => e.Key.Value == field).Value is { } node and not YamlText { IsNull: true } ? node : null;

    public static string? TextOf(this YamlMap of, string field) => (of.Field(field) as YamlText)?.Value;

    public static YamlMap? MapOf(this YamlMap of, string field) => of.Field(field) as YamlMap;

    /// <summary>The entries of a list; none where there is no such list.</summary>
    public static IEnumerable<YamlMap> MapsOf(this YamlMap of, string field) => (of.Field(field) as YamlList)?.Items.OfType<YamlMap>() ?? [];

    /// <summary>The texts of a list; none where there is no such list.</summary>
    public static IEnumerable<string> TextsOf(this YamlMap of, string field) => (of.Field(field) as YamlList)?.Items.OfType<YamlText>().Select(t => t.Value) ?? [];
}
