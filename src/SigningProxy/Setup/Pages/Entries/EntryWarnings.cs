using SigningProxy.Catalog;
using SigningProxy.Configuration.Stored;
using SigningProxy.Setup.Api;
using SigningProxy.Store;

namespace SigningProxy.Setup.Pages.Entries;

/// <summary>What is to be known of an entry beside what it says.</summary>
internal static class EntryWarnings
{
    /// <summary>What whoever made it should know, and why it is not in use where that is so; nothing for one that is provisioned.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static IReadOnlyList<string> Of(ApiRequest request, EntryView entry)
    {
        var entries = request.Get<SetupStore>().Read();
        if (entry.Provisioned is not null || entries.FirstOrDefault(e => e.Is(entry.Kind, entry.Name)) is not { } stored)
            return [];
        var secrets = new SentSecrets(entry.Fields);
        var (load, pointer) = (request.Get<CatalogJudge>().Judge(entries, request.Get<CurrentCatalog>().Snapshot), FaultWords.PointerOf(stored, entries));
        return
        [
            .. load.Faults.Count > 0 ? [ChangeJson.NotInUse] : (string[])[],
            .. load.Warnings.Where(w => w.File is null && FaultWords.IsWithin(w, pointer)).Select(w => secrets.Hide($"{char.ToUpperInvariant(w.Rule[0])}{w.Rule[1..]}. {w.Mend}")),
        ];
    }
}
