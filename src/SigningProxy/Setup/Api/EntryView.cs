using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using SigningProxy.Configuration;
using SigningProxy.Configuration.Stored;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>An entry as it is shown, wherever it was made: no secret is in it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fields">What it says.</param>
internal sealed record EntryView(EntryKind Kind, string Name, YamlMap Fields)
{
    private const string Provided = "provisioned";
    private const string NotShown = "(not shown: there is no field of this name)";

    /// <summary>From 1; 0 for one that is provisioned.</summary>
    public long Revision { get; private init; }

    /// <summary>The file and line of one that is provisioned, else null.</summary>
    public (string File, int Line)? Provisioned { get; private init; }

    /// <summary>What it was made of, or null for one that is provisioned.</summary>
    public StoredEntry? Stored { get; private init; }

    /// <summary>Alike as long as the entry is: its revision, or of one that is provisioned a digest of all that is shown of it.</summary>
    public string ETag => Provisioned is null ? string.Create(CultureInfo.InvariantCulture, $"\"{Revision}\"") : $"\"p-{Digest()}\"";

    public string? Label => EntryJson.Text(Fields, "label");

    public static EntryView Of(StoredEntry entry) =>
        new(entry.Kind, entry.Name, YamlComposer.Compose(entry.Body) as YamlMap ?? new YamlMap(0, 0, [])) { Revision = entry.Revision, Stored = entry };

    public static EntryView Of(ProvisionedEntry entry) => new(entry.Kind, entry.Name, WithoutSecrets(entry.Fields)) { Provisioned = (entry.File, entry.Line) };

    /// <summary>The principals of an external credential, in the order they are written in; those without a name are left out.</summary>
    public IReadOnlyList<(int Place, string Name, YamlMap Fields)> Principals() =>
    [
        .. ((Fields.Entries.FirstOrDefault(e => e.Key.Value == "principals").Value as YamlList)?.Items ?? [])
            .Select((item, place) => (place, Name: item is YamlMap map ? EntryJson.Text(map, "name") : null, Map: item as YamlMap))
            .Where(p => p.Name is not null).Select(p => (p.place, p.Name!, p.Map!)),
    ];

    /// <summary>The same before it is judged: a secret may have been written where a variable or a file is to be named, or in a field whose name is mistyped.</summary>
    public EntryView Unjudged() => this with { Fields = (YamlMap)Hide(Fields, "", isKnown: true) };

    private static YamlNode Hide(YamlNode node, string field, bool isKnown) => node switch
    {
        YamlMap map => map with { Entries = [.. map.Entries.Select(e => (e.Key, Hide(e.Value, e.Key.Value, isKnown && FieldForms.Known.Contains(e.Key.Value))))] },
        YamlList list => list with { Items = [.. list.Items.Select(i => Hide(i, field, isKnown))] },
        YamlText { IsNull: false } text when !isKnown => text with { Value = NotShown, Plain = false },
        YamlText { IsNull: false } text when field is "env" or "file" => text with { Value = LikelySecret.Hide(text.Value) },
        _ => node,
    };

    private static YamlMap WithoutSecrets(YamlMap fields) => (YamlMap)SecretPlaces.Replace(
        fields, "", (_, _, _) => new YamlMap(0, 1, [(new YamlText(0, Provided, Plain: true), new YamlText(0, "true", Plain: true))]));

    private string Digest()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
            EntryJson.Write(json, "", Fields);
        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan).AsSpan(0, 8));
    }
}
