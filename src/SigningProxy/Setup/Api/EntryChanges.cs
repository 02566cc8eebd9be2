using SigningProxy.Catalog;
using SigningProxy.Configuration.Stored;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>Makes changes: judged beside all other entries, written with their row of the audit trail, and in use before they are answered.</summary>
internal sealed class EntryChanges(ChangeWriter writer, CatalogJudge judge, ProvisionedEntries provisioned, CurrentCatalog current)
{
    /// <param name="plan">Says what is to change, given the entries of the store; asked again when they were changed meanwhile.</param>
    /// <param name="who">Who makes the change, for the audit trail; null where it is only judged.</param>
    /// <param name="cancellation">Of whoever waits.</param>
    /// <exception cref="ProblemException">It is not done.</exception>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    public async Task<ChangeOutcome> MakeAsync(Func<IReadOnlyList<StoredEntry>, PlannedChange> plan, string? who, CancellationToken cancellation)
    {
        ChangeOutcome? outcome = null;
        var written = await writer.WriteAsync(
            now =>
            {
                var planned = plan(now);
                outcome = planned.IsNone ? new ChangeOutcome(planned, current.Snapshot) : Judge(planned, now);
                return planned.Change is { } change ? [change] : [];
            },
            who, cancellation);
        if (written is null)
            return outcome!;
        var done = outcome! with { Planned = outcome.Planned with { After = written.Changes[0].After } };
        return written.Faults is null ? done : done with { Catalog = current.Snapshot, Faults = written.Faults };
    }

    private ChangeOutcome Judge(PlannedChange planned, IReadOnlyList<StoredEntry> now)
    {
        var entries = planned.On(now);
        var load = judge.Judge(entries, current.Snapshot);
        var words = new FaultWords(entries, planned);
        CatalogFault[] faults = [.. planned.Faults, .. load.Faults];
        if (faults.Length > 0)
        {
            // What was wrong before is no reason to refuse a change that is good.
            var before = judge.Judge(now, current.Snapshot).Faults.Select(Key).ToHashSet();
            var own = faults.Where(f => words.IsOfChanged(f) || !before.Contains(Key(f))).ToList();
            if (own.Count > 0)
                throw Refused(planned, entries, words, [.. own, .. faults.Except(own)]);
        }
        return new ChangeOutcome(planned, load.Snapshot ?? current.Snapshot)
        {
            Faults = faults,
            Warnings = [.. load.Warnings.Where(words.IsOfChanged)],
            Words = words,
        };
    }

    private ProblemException Refused(PlannedChange planned, IReadOnlyList<StoredEntry> entries, FaultWords words, IReadOnlyList<CatalogFault> faults)
    {
        if (planned.RemovesFrom is { } what)
        {
            var users = faults.Select(f => UserOf(f, entries)).OfType<(EntryKind Kind, string Name, string? Field)>().Distinct().ToList();
            return new ProblemException(ProblemKind.InUse, $"Change first what uses {what}: {string.Join(", ", users.Select(u => $"{u.Kind.InWords()} {u.Name}").Distinct())}.", json =>
            {
                json.WriteStartArray("usedBy");
                foreach (var (kind, name, field) in users)
                {
                    json.WriteStartObject();
                    json.WriteString("kind", kind.Word());
                    json.WriteString("name", name);
                    json.WriteString("field", field);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            });
        }
        var others = faults.Any(f => !words.IsOfChanged(f)) ? " Some are of other entries, and told by their names." : "";
        return new ProblemException(
            ProblemKind.NotValid, $"Nothing was changed: {faults.Count} {(faults.Count == 1 ? "rule is" : "rules are")} broken.{others}", json => words.Write(json, "errors", faults));
    }

    private (EntryKind Kind, string Name, string? Field)? UserOf(CatalogFault fault, IReadOnlyList<StoredEntry> entries)
    {
        bool Holds(string pointer) => fault.Pointer == pointer || fault.Pointer.StartsWith($"{pointer}/", StringComparison.Ordinal);
        if (fault.File is not null)
            return provisioned.Read().FirstOrDefault(p => p.File == fault.File && Holds(p.Pointer)) is { } one ? (one.Kind, one.Name, fault.Field) : null;
        return entries.FirstOrDefault(e => Holds(FaultWords.PointerOf(e, entries))) is { } made ? (made.Kind, made.Name, fault.Field) : null;
    }

    /// <summary>What of a fault tells whether it was there before.</summary>
    public static (string?, string, string?, string) Key(CatalogFault fault) => (fault.File, fault.Entry, fault.Field, fault.Rule);
}

/// <summary>What came of a change.</summary>
/// <param name="Planned">What was to change.</param>
/// <param name="Catalog">The catalog with it, or the one in use where that has faults.</param>
internal sealed record ChangeOutcome(PlannedChange Planned, CatalogSnapshot Catalog)
{
    /// <summary>Faults of other entries, for which the catalog with this change is not in use yet.</summary>
    public IReadOnlyList<CatalogFault> Faults { get; init; } = [];

    /// <summary>What its owner should know of the changed entry.</summary>
    public IReadOnlyList<CatalogFault> Warnings { get; init; } = [];

    /// <summary>Tells of both; null where nothing was judged.</summary>
    public FaultWords? Words { get; init; }
}
