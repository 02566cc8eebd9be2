using System.Text.Json;
using SigningProxy.Catalog;
using SigningProxy.Configuration;
using SigningProxy.Configuration.Stored;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Api;

/// <summary>What of a body is a secret or looks like one: validators quote what they do not know, and that may be a secret in the wrong place.</summary>
/// <param name="sent">The body, or the entry that was made of it.</param>
internal sealed class SentSecrets(YamlNode sent)
{
    private const string Hidden = "(not shown, it may be a secret)";
    private const int ShortestSecret = 8;

    private readonly IReadOnlyList<string> _secrets = [.. Texts(sent, "").Distinct().OrderByDescending(t => t.Length)];

    public string Hide(string text) => _secrets.Aggregate(text, (said, secret) => said.Replace(secret, Hidden, StringComparison.Ordinal));

    public void WriteFault(Utf8JsonWriter json, CatalogFault fault, string? pointer, string entry)
    {
        json.WriteStartObject();
        json.WriteString("pointer", pointer is null ? null : Hide(pointer));
        json.WriteString("entry", Hide(entry));
        json.WriteString("field", fault.Field is { } field ? Hide(field) : null);
        json.WriteString("rule", Hide(fault.Rule));
        json.WriteString("mend", Hide(fault.Mend));
        json.WriteEndObject();
    }

    private static IEnumerable<string> Texts(YamlNode node, string field) => node switch
    {
        YamlMap map => map.Entries.SelectMany(e => (string[])[.. Texts(e.Key, ""), .. Texts(e.Value, e.Key.Value)]),
        YamlList list => list.Items.SelectMany(i => Texts(i, field)),
        YamlText { Value.Length: >= ShortestSecret } text when IsSecret(text.Value, field) => [text.Value],
        _ => [],
    };

    private static bool IsSecret(string text, string field) =>
        field == SecretPlaces.Value || FieldForms.Secrets.Contains(field) || LikelySecret.Hide(text) != text;
}
