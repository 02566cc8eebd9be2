using System.Text.Json;
using SigningProxy.Catalog;
using SigningProxy.Configuration.Stored;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>Tells faults to whoever sent a catalog: those of its entries point into it.</summary>
/// <param name="sent">What was sent; no likely secret of it is repeated.</param>
/// <param name="judged">The entries made in Setup as they were judged.</param>
internal sealed class CatalogWords(YamlMap sent, IReadOnlyList<StoredEntry> judged)
{
    private readonly SentSecrets _secrets = new(sent);

    /// <summary>The entry as it was sent, or null.</summary>
    public YamlMap? Sent(EntryKind kind, string name) => Place(kind, name) is { } place ? Items(kind)[place] as YamlMap : null;

    public bool IsOfSent(CatalogFault fault) => PointerOf(fault) is not null;

    public ProblemException Refused(IReadOnlyList<CatalogFault> faults) => new(
        ProblemKind.NotValid, $"Nothing was changed: {faults.Count} {(faults.Count == 1 ? "rule is" : "rules are")} broken.", json => Write(json, "errors", faults));

    public void Write(Utf8JsonWriter json, string member, IEnumerable<CatalogFault> faults)
    {
        json.WriteStartArray(member);
        foreach (var fault in faults)
            _secrets.WriteFault(json, fault, PointerOf(fault), FaultWords.EntryOf(fault));
        json.WriteEndArray();
    }

    private string? PointerOf(CatalogFault fault)
    {
        if (fault.File is not null || judged.FirstOrDefault(e => FaultWords.IsWithin(fault, FaultWords.PointerOf(e, judged))) is not { } entry)
            return null;
        return Place(entry.Kind, entry.Name) is { } place ? FaultWords.PointerOf(entry.Kind, place) + fault.Pointer[FaultWords.PointerOf(entry, judged).Length..] : null;
    }

    private int? Place(EntryKind kind, string name)
    {
        var items = Items(kind);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is YamlMap item && DeveloperName.Comparer.Equals(EntryJson.Text(item, "name"), name))
                return i;
        }
        return null;
    }

    private IReadOnlyList<YamlNode> Items(EntryKind kind) => (sent.Entries.FirstOrDefault(e => e.Key.Value == kind.Section()).Value as YamlList)?.Items ?? [];
}
