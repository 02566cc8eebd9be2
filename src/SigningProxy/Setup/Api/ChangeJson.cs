using System.Text.Json;
using SigningProxy.Configuration.Stored;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>What is told of a change beside the entry that came of it.</summary>
internal static class ChangeJson
{
    public const string NotInUse = "The catalog has faults of other entries, and is not in use until they are mended; calls go on with the last good one.";

    public static void Write(Utf8JsonWriter json, ChangeOutcome outcome, bool dryRun)
    {
        outcome.Words?.Write(json, "warnings", [.. outcome.Warnings, .. outcome.Faults]);
        if (outcome.Faults.Count > 0)
            json.WriteString("notInUse", NotInUse);
        if (dryRun)
            WriteDifferences(json, outcome.Planned.Before, outcome.Planned.After);
    }

    public static void WriteDifferences(Utf8JsonWriter json, StoredEntry? before, StoredEntry? after)
    {
        json.WriteStartArray("changes");
        foreach (var difference in EntryDifference.Of(before, after))
        {
            json.WriteStartObject();
            json.WriteString("field", difference.Field);
            json.WriteString("before", difference.Before);
            json.WriteString("after", difference.After);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
