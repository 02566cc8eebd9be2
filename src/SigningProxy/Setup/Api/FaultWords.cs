using System.Globalization;
using System.Text.Json;
using SigningProxy.Catalog;
using SigningProxy.Configuration.Stored;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>Tells faults of a catalog to whoever sent a change: those of the changed entry point into what was sent.</summary>
/// <param name="judged">The entries made in Setup as they were judged.</param>
/// <param name="planned">The change; no likely secret of what was sent is repeated.</param>
internal sealed class FaultWords(IReadOnlyList<StoredEntry> judged, PlannedChange planned)
{
    private readonly SentSecrets _secrets = new(planned.Sent);

    private string Pointer { get; } = PointerOf(planned.Entry, judged);

    /// <summary>Where an entry stands among those made in Setup, as faults tell it.</summary>
    public static string PointerOf(StoredEntry entry, IReadOnlyList<StoredEntry> among) =>
        PointerOf(entry.Kind, among.Where(e => e.Kind == entry.Kind).TakeWhile(e => !ReferenceEquals(e, entry)).Count());

    public static string PointerOf(EntryKind kind, int place) => string.Create(CultureInfo.InvariantCulture, $"/{kind.Section()}/{place}");

    /// <summary>Whether a fault is one of the changed entry.</summary>
    public bool IsOfChanged(CatalogFault fault) =>
        fault.File is null && IsWithin(fault, Pointer);

    /// <summary>Whether a fault stands at a pointer or below it.</summary>
    public static bool IsWithin(CatalogFault fault, string pointer) => fault.Pointer == pointer || fault.Pointer.StartsWith($"{pointer}/", StringComparison.Ordinal);

    /// <summary>The entry that a fault is of, with its file where it has one.</summary>
    public static string EntryOf(CatalogFault fault) => fault.File is { } file ? $"{fault.Entry} ({file}:{fault.Line})" : Entry(fault.Entry);

    public void Write(Utf8JsonWriter json, string member, IEnumerable<CatalogFault> faults)
    {
        json.WriteStartArray(member);
        foreach (var fault in faults)
            _secrets.WriteFault(json, fault, IsOfChanged(fault) ? PointerInto(fault.Pointer[Pointer.Length..]) : null, EntryOf(fault));
        json.WriteEndArray();
    }

    // What a part has no room for is about the whole of it.
    private string PointerInto(string pointer) =>
        planned.Part.Length == 0 ? pointer : pointer.StartsWith($"{planned.Part}/", StringComparison.Ordinal) ? pointer[planned.Part.Length..] : "";

    private static string Entry(string entry) =>
        entry.StartsWith($"{StoredEntryReader.Place} / ", StringComparison.Ordinal) ? entry[(StoredEntryReader.Place.Length + 3)..] : entry;
}
