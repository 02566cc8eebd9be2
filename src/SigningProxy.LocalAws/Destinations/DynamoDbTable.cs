using System.Text.Json;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>Items by key, in the order of their keys. The caller holds the lock.</summary>
internal sealed class DynamoDbTable(string name, string[] keyAttributes)
{
    /// <summary>Items of one table, so that a forgotten loop does not eat the machine.</summary>
    public const int MaxItems = 10_000;

    /// <summary>DynamoDB's own limit for an item, 400 KB.</summary>
    public const int MaxItemBytes = 400 * 1024;

    private readonly SortedDictionary<string, JsonElement> _items = new(StringComparer.Ordinal);

    public IReadOnlyCollection<JsonElement> Items => _items.Values;

    public JsonElement? Get(JsonElement key) => _items.TryGetValue(KeyOf(key), out var item) ? item : null;

    /// <summary>Stores an item and gives back the one that it replaced.</summary>
    public JsonElement? Put(JsonElement item)
    {
        if (item.GetRawText().Length > MaxItemBytes)
        {
            throw DynamoDbInput.Invalid("Item size has exceeded the maximum allowed size");
        }

        var old = Get(item);
        if (old is null && _items.Count == MaxItems)
        {
            throw new DynamoDbException("LimitExceededException", $"This stand-in holds at most {MaxItems} items in a table.");
        }

        _items[KeyOf(item)] = item.Clone();
        return old;
    }

    /// <summary>Removes an item and gives it back.</summary>
    public JsonElement? Remove(JsonElement key) => _items.Remove(KeyOf(key), out var item) ? item : null;

    public void WriteDescription(Utf8JsonWriter json, string member)
    {
        json.WriteStartObject(member);
        json.WriteString("TableName", name);
        json.WriteString("TableStatus", "ACTIVE");
        json.WriteStartArray("KeySchema");
        for (var i = 0; i < keyAttributes.Length; i++)
        {
            json.WriteStartObject();
            json.WriteString("AttributeName", keyAttributes[i]);
            json.WriteString("KeyType", i == 0 ? "HASH" : "RANGE");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("ItemCount", _items.Count);
        json.WriteEndObject();
    }

    // Written anew, so that white space and escapes in the request make no difference
    private string KeyOf(JsonElement attributes) => string.Join('\n', keyAttributes.Select(attribute =>
        attributes.TryGetProperty(attribute, out var value)
            ? System.Text.Encoding.UTF8.GetString(JsonText.Write(json =>
            {
                json.WritePropertyName(attribute);
                value.WriteTo(json);
            }).Span)
            : throw DynamoDbInput.Invalid($"One of the required keys was not given a value: {attribute}")));
}
