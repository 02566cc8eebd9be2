using System.Text.Json;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>
/// A small DynamoDB in memory: ListTables, CreateTable, PutItem, GetItem, DeleteItem, Scan. PutItem creates a table that is not there.
/// Expressions, indexes and paging are not known: such members of a request are ignored.
/// </summary>
internal sealed class DynamoDbDestination : IDestination
{
    private const string TargetPrefix = "DynamoDB_20120810.";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, DynamoDbTable> _tables = new(StringComparer.Ordinal);

    public Answer Serve(ReceivedRequest request, Verified verified)
    {
        var target = request.Single("x-amz-target");
        if (target is null || !target.StartsWith(TargetPrefix, StringComparison.Ordinal))
        {
            return Error("UnknownOperationException", $"X-Amz-Target must start with '{TargetPrefix}'.");
        }

        try
        {
            using var input = JsonDocument.Parse(request.Body);
            lock (_lock)
            {
                return Run_NeedsLock(target[TargetPrefix.Length..], input.RootElement);
            }
        }
        catch (JsonException)
        {
            return Error("SerializationException", "The body is not JSON.");
        }
        catch (DynamoDbException refused)
        {
            return Error(refused.Code, refused.Message);
        }
    }

    private Answer Run_NeedsLock(string operation, JsonElement input) => operation switch
    {
        "ListTables" => Json(json => json.WriteStrings("TableNames", _tables.Keys)),
        "CreateTable" => CreateTable_NeedsLock(input),
        "PutItem" => PutItem_NeedsLock(input),
        "GetItem" => WithItem("Item", Table_NeedsLock(input).Get(DynamoDbInput.Map(input, "Key"))),
        "DeleteItem" => WithItem("Attributes", Old(input, Table_NeedsLock(input).Remove(DynamoDbInput.Map(input, "Key")))),
        "Scan" => Scan(Table_NeedsLock(input)),
        _ => Error("UnknownOperationException", $"This stand-in does not know the operation '{operation}'."),
    };

    private Answer CreateTable_NeedsLock(JsonElement input)
    {
        var name = DynamoDbInput.TableName(input);
        var table = new DynamoDbTable(name, DynamoDbInput.KeyAttributes(input));
        return _tables.TryAdd(name, table)
            ? Json(json => table.WriteDescription(json, "TableDescription"))
            : throw new DynamoDbException("ResourceInUseException", $"Table already exists: {name}");
    }

    private Answer PutItem_NeedsLock(JsonElement input)
    {
        var name = DynamoDbInput.TableName(input);
        var item = DynamoDbInput.Map(input, "Item");
        if (!_tables.TryGetValue(name, out var table))
        {
            table = new(name, [DynamoDbInput.KeyAttribute(item)]);
        }

        var old = table.Put(item);
        _tables[name] = table;
        return WithItem("Attributes", Old(input, old));
    }

    private DynamoDbTable Table_NeedsLock(JsonElement input) =>
        _tables.GetValueOrDefault(DynamoDbInput.TableName(input)) ?? throw new DynamoDbException("ResourceNotFoundException", "Requested resource not found");

    private static JsonElement? Old(JsonElement input, JsonElement? old) =>
        input.TryGetProperty("ReturnValues", out var wanted) && wanted.ValueEquals("ALL_OLD") ? old : null;

    private static Answer Scan(DynamoDbTable table) => Json(json =>
    {
        json.WriteStartArray("Items");
        foreach (var item in table.Items)
        {
            item.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteNumber("Count", table.Items.Count);
        json.WriteNumber("ScannedCount", table.Items.Count);
    });

    private static Answer WithItem(string name, JsonElement? item) => Json(json =>
    {
        if (item is { } present)
        {
            json.WritePropertyName(name);
            present.WriteTo(json);
        }
    });

    private static Answer Json(Action<Utf8JsonWriter> content) => new(200, ErrorAnswer.JsonContentType, JsonText.Write(content));

    private static Answer Error(string code, string message) => ErrorAnswer.Of(ErrorShape.Json, 400, code, message);
}
