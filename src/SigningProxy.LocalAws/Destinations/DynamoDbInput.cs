using System.Text.Json;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>Reads the members of DynamoDB requests, refusing what is missing or of another type.</summary>
internal static class DynamoDbInput
{
    public static string TableName(JsonElement input) => Member(input, "TableName", JsonValueKind.String).GetString()!;

    /// <summary>A map of attribute values: Item or Key. Never empty.</summary>
    public static JsonElement Map(JsonElement input, string name)
    {
        var map = Member(input, name, JsonValueKind.Object);
        return map.EnumerateObject().Any() ? map : throw Invalid($"{name} must hold at least one attribute.");
    }

    /// <summary>The attributes of CreateTable's KeySchema.</summary>
    public static string[] KeyAttributes(JsonElement input)
    {
        var schema = Member(input, "KeySchema", JsonValueKind.Array);
        return schema.GetArrayLength() > 0
            ? [.. schema.EnumerateArray().Select(element => Member(element, "AttributeName", JsonValueKind.String).GetString()!)]
            : throw Invalid("KeySchema must name at least one attribute.");
    }

    /// <summary>The attribute that a table made by this item is keyed by: id, or else the item's first.</summary>
    public static string KeyAttribute(JsonElement item) =>
        item.TryGetProperty("id", out _) ? "id" : item.EnumerateObject().First().Name;

    public static DynamoDbException Invalid(string message) => new("ValidationException", message);

    private static JsonElement Member(JsonElement input, string name, JsonValueKind kind) =>
        input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw Invalid($"{name} is missing or not of type {kind}.");
}
