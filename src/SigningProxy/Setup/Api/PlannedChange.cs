using System.Collections.Frozen;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Stored;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>One change that somebody asks for, before it is judged.</summary>
/// <param name="Before">What the entry is, or null.</param>
/// <param name="After">What it is to be, or null for none.</param>
internal sealed record PlannedChange(StoredEntry? Before, StoredEntry? After)
{
    /// <summary>What was sent.</summary>
    public YamlNode Sent { get; init; } = new YamlMap(0, 1, []);

    /// <summary>Where the entry is to stand among those made in Setup, as faults tell it.</summary>
    public string Pointer { get; init; } = "";

    /// <summary>The pointer of the part that was sent; empty for a whole entry.</summary>
    public string Part { get; init; } = "";

    /// <summary>What is wrong with what was sent beyond what judging the catalog tells.</summary>
    public IReadOnlyList<CatalogFault> Faults { get; init; } = [];

    /// <summary>What is taken away, in words, where something is; else null.</summary>
    public string? RemovesFrom { get; init; }

    /// <summary>The change to be written, or null where nothing differs.</summary>
    public EntryChange? Change => After is null ? Before is null ? null : new EntryChange(Before, null, []) : EntryDifference.ChangeOf(Before, After);

    /// <summary>Whether the very same was sent that there is.</summary>
    public bool IsNone => After is not null && Before is not null && Before.Body == After.Body && Change is null;

    public StoredEntry Entry => (After ?? Before)!;

    /// <summary>The entries of the store once it is made; the changed one is the last.</summary>
    public IReadOnlyList<StoredEntry> On(IReadOnlyList<StoredEntry> now) => CatalogImport.After(now, [new EntryChange(Before, After, [])]);

    /// <summary>Makes the entry out of what it is to say.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="fields">What it is to say.</param>
    /// <param name="now">The entries of the store.</param>
    /// <param name="master">Reads the key that opens sealed secrets.</param>
    public static PlannedChange Of(EntryKind kind, string name, YamlMap fields, IReadOnlyList<StoredEntry> now, Func<MasterKey> master)
    {
        var before = now.FirstOrDefault(e => e.Is(kind, name));
        var faults = new FaultList();
        var place = now.Count(e => e.Kind == kind && !e.Is(kind, name));
        var at = new Origin(null, 0, $"{kind.Word()} {name}", FrozenDictionary<string, int>.Empty) { Pointer = FaultWords.PointerOf(kind, place) };
        var after = new EntryMaker(master, faults).Make(kind, before?.Name ?? name, fields, before, at);
        return new PlannedChange(before, after) { Pointer = at.Pointer, Faults = faults.Of(FaultSeverity.Error) };
    }
}
