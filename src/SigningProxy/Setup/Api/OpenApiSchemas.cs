using System.Text.Json;
using SigningProxy.Configuration.Stored;

namespace SigningProxy.Setup.Api;

/// <summary>Writes the schemas of the OpenAPI document: those of entries as the catalog's own schema has them, with what answers tell beside.</summary>
internal static class OpenApiSchemas
{
    public const string Root = "#/components/schemas/";

    private const string CatalogsRoot = "#/definitions/";
    private const string Secret = "secret";
    private const string Principal = "principal";

    public static void Write(Utf8JsonWriter json)
    {
        using var catalog = Read("catalog.schema.json");
        using var own = Read("api.schemas.json");
        var kinds = ApiKinds.All.Select(k => k.Kind.Word()).ToList();
        var told = own.RootElement.GetProperty("told");
        json.WriteStartObject("schemas");
        foreach (var definition in catalog.RootElement.GetProperty("definitions").EnumerateObject().Where(d => d.Name != Secret))
        {
            json.WritePropertyName(definition.Name);
            Copy(json, definition.Value, kinds.Contains(definition.Name) || definition.Name == Principal ? told : null);
        }
        foreach (var item in kinds.Append(Principal))
            WritePage(json, item);
        foreach (var schema in own.RootElement.GetProperty("schemas").EnumerateObject())
        {
            json.WritePropertyName(schema.Name);
            Copy(json, schema.Value, null);
        }
        json.WriteEndObject();
    }

    /// <summary>Copies a schema, its references led to where schemas stand here.</summary>
    private static void Copy(Utf8JsonWriter json, JsonElement schema, JsonElement? moreProperties)
    {
        switch (schema.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in schema.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    if (member.NameEquals("$ref") && member.Value.GetString() is { } reference)
                        json.WriteStringValue(reference.Replace(CatalogsRoot, Root, StringComparison.Ordinal));
                    else if (member.NameEquals("properties") && moreProperties is { } more)
                        CopyBoth(json, member.Value, more);
                    else
                        Copy(json, member.Value, null);
                }
                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in schema.EnumerateArray())
                    Copy(json, item, null);
                json.WriteEndArray();
                break;
            default:
                schema.WriteTo(json);
                break;
        }
    }

    private static void CopyBoth(Utf8JsonWriter json, JsonElement properties, JsonElement more)
    {
        json.WriteStartObject();
        foreach (var property in properties.EnumerateObject().Concat(more.EnumerateObject()))
        {
            json.WritePropertyName(property.Name);
            Copy(json, property.Value, null);
        }
        json.WriteEndObject();
    }

    private static void WritePage(Utf8JsonWriter json, string item)
    {
        json.WriteStartObject($"{item}Page");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        json.WriteStartObject("items");
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("$ref", Root + item);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("next");
        json.WriteStartArray("type");
        json.WriteStringValue("string");
        json.WriteStringValue("null");
        json.WriteEndArray();
        json.WriteString("description", "What to send as after for the next page; null on the last.");
        json.WriteEndObject();
        json.WriteStartObject("total");
        json.WriteString("type", "integer");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static JsonDocument Read(string name)
    {
        using var stream = typeof(OpenApiSchemas).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        return JsonDocument.Parse(stream);
    }
}
