using System.Text.Json;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Stored;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>Makes all the changes that a catalog asks for, or none: judged together, so that an entry may use another that comes with it.</summary>
internal sealed class CatalogChanges(ChangeWriter writer, CatalogJudge judge, ApiKey key, CurrentCatalog current)
{
    /// <param name="sent">A catalog with the entries that are to be.</param>
    /// <param name="who">Who makes the changes, for the audit trail; null where they are only judged.</param>
    /// <param name="context">The request.</param>
    /// <exception cref="ProblemException">They are not done.</exception>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    public async Task<CatalogOutcome> MakeAsync(YamlMap sent, string? who, HttpContext context)
    {
        var fields = sent with { Entries = [.. sent.Entries.Select(s => (s.Key, Fields(s.Value)))] };
        CatalogOutcome? outcome = null;
        var written = await writer.WriteAsync(
            now =>
            {
                outcome = Judged(sent, fields, now, context.Request);
                return outcome.Changes;
            },
            who, context.RequestAborted);
        return written is null ? outcome! : outcome! with { Changes = written.Changes, Left = written.Faults ?? [] };
    }

    private CatalogOutcome Judged(YamlMap sent, YamlMap fields, IReadOnlyList<StoredEntry> now, HttpRequest request)
    {
        var faults = new FaultList();
        var wanted = new CatalogImport(now, key.Read(), faults).Read(fields, replace: false);
        var words = new CatalogWords(sent, CatalogImport.After(now, wanted));
        if (faults.HasErrors)
            throw words.Refused(faults.Of(FaultSeverity.Error));
        foreach (var change in wanted)
            Refuse(change, words.Sent(change.Kind, change.Name)!, request);
        if (wanted.Count == 0)
            return new CatalogOutcome(wanted, words, []);
        var load = judge.Judge(CatalogImport.After(now, wanted), current.Snapshot);
        // What was wrong before is no reason to refuse changes that are good.
        var before = load.Faults.Count == 0 ? [] : judge.Judge(now, current.Snapshot).Faults.Select(EntryChanges.Key).ToHashSet();
        return load.Faults.Any(f => words.IsOfSent(f) || !before.Contains(EntryChanges.Key(f)))
            ? throw words.Refused(load.Faults)
            : new CatalogOutcome(wanted, words, [.. load.Warnings.Where(words.IsOfSent)]);
    }

    private void Refuse(EntryChange change, YamlMap item, HttpRequest request)
    {
        var planned = new PlannedChange(change.Before, change.After) { Sent = item };
        Precondition.Of(request, item).Judge(change.Before is { } before ? EntryView.Of(before) : null, whole: false, json => EntryEndpoints.WriteBoth(json, current.Snapshot, planned));
        EntryNaming.Judge(planned, change.Name);
    }

    private static YamlNode Fields(YamlNode section) => section is YamlList list
        ? list with { Items = [.. list.Items.Select(i => i is YamlMap item ? EntryJson.FieldsOf(item) : i)] }
        : section;
}

/// <summary>What came of them.</summary>
/// <param name="Changes">The changes, none of them for an entry that stays as it is.</param>
/// <param name="Words">Tells of faults.</param>
/// <param name="Warnings">What the owner of the changed entries should know.</param>
internal sealed record CatalogOutcome(IReadOnlyList<EntryChange> Changes, CatalogWords Words, IReadOnlyList<CatalogFault> Warnings)
{
    /// <summary>Faults of other entries, for which the catalog with these changes is not in use yet.</summary>
    public IReadOnlyList<CatalogFault> Left { get; init; } = [];

    public void WriteWarnings(Utf8JsonWriter json)
    {
        Words.Write(json, "warnings", [.. Warnings, .. Left]);
        if (Left.Count > 0)
            json.WriteString("notInUse", ChangeJson.NotInUse);
    }
}
