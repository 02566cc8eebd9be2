using System.Globalization;
using System.Text.Json;
using SigningProxy.Configuration.Stored;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Api;

/// <summary>The nodes of a catalog as JSON, and back.</summary>
internal static class EntryJson
{
    /// <summary>A member beside an entry's fields: what it stands for, and what came of it.</summary>
    private static readonly string[] Told = ["kind", "revision", "provisioned", "status", "warnings", "notInUse", "changes"];

    /// <exception cref="InvalidOperationException">A text is not Unicode.</exception>
    public static YamlNode Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new YamlMap(0, 1, [.. element.EnumerateObject().Select(m => (Key(m.Name), Read(m.Value)))]),
        JsonValueKind.Array => new YamlList(0, 1, [.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.String => new YamlText(0, element.GetString()!, Plain: false),
        _ => new YamlText(0, element.GetRawText(), Plain: true),
    };

    /// <summary>An entry as somebody wrote it, without what only answers tell, and with every secret in the form of one.</summary>
    public static YamlMap FieldsOf(YamlMap entry) => new(entry.Line, 1, [.. entry.Entries
        .Where(e => !Told.Contains(e.Key.Value))
        .Select(e => (e.Key, Field(e.Key.Value, e.Value)))]);

    /// <summary>The text of a member, or null where it is none.</summary>
    public static string? Text(YamlMap of, string member) =>
        of.Entries.FirstOrDefault(e => e.Key.Value == member).Value is YamlText { IsNull: false } text ? text.Value : null;

    /// <summary>Writes the members of an entry.</summary>
    public static void WriteMembers(Utf8JsonWriter to, YamlMap entry)
    {
        foreach (var (key, value) in entry.Entries.Where(e => e.Value is not YamlText { IsNull: true }))
        {
            to.WritePropertyName(key.Value);
            Write(to, key.Value, value);
        }
    }

    public static void Write(Utf8JsonWriter to, string field, YamlNode node)
    {
        switch (node)
        {
            case YamlMap map:
                to.WriteStartObject();
                WriteMembers(to, map);
                to.WriteEndObject();
                break;
            case YamlList list:
                to.WriteStartArray();
                foreach (var item in list.Items)
                    Write(to, field, item);
                to.WriteEndArray();
                break;
            case YamlText { IsNull: true }:
                to.WriteNullValue();
                break;
            case YamlText { Plain: true } text when FieldForms.Numbers.Contains(field) && int.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                to.WriteNumberValue(number);
                break;
            case YamlText { Plain: true } text when FieldForms.Flags.Contains(field) && bool.TryParse(text.Value, out var flag):
                to.WriteBooleanValue(flag);
                break;
            case YamlText text:
                to.WriteStringValue(text.Value);
                break;
        }
    }

    private static YamlText Key(string name) => new(0, name, Plain: name.Length > 0 && name.All(char.IsAsciiLetterOrDigit));

    private static YamlNode Field(string field, YamlNode value) => value switch
    {
        YamlText { IsNull: false } text when FieldForms.Secrets.Contains(field) => SecretPlaces.Of(SecretPlaces.Value, text.Value),
        YamlMap map when field.Length > 0 => new YamlMap(map.Line, 1, [.. map.Entries.Select(e => (e.Key, Field(e.Key.Value, e.Value)))]),
        // A principal of an external credential is told with its own status.
        YamlList list => list with { Items = [.. list.Items.Select(i => i is YamlMap map ? field == "principals" ? FieldsOf(map) : Field(field, map) : i)] },
        _ => value,
    };
}
