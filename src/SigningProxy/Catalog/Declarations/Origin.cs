using System.Collections.Frozen;

namespace SigningProxy.Catalog.Declarations;

/// <summary>Where an entry was written, and what it is called when something is wrong with it.</summary>
/// <param name="File">The file, or null when it did not come from one.</param>
/// <param name="Line">Of the entry, from 1; 0 when there is none.</param>
/// <param name="Entry">Such as <c>externalCredential OrdersTable / principal Writer</c>.</param>
/// <param name="FieldLines">The line of every field that was written; the items of a list stand as <c>callers[0]</c>.</param>
internal sealed record Origin(string? File, int Line, string Entry, IReadOnlyDictionary<string, int> FieldLines)
{
    /// <summary>The origin of an entry that was not written in a file.</summary>
    public static Origin Of(string entry) => new(null, 0, entry, FrozenDictionary<string, int>.Empty);

    /// <summary>The line of a field, else the entry's own.</summary>
    public int LineOf(string? field) => field is not null && FieldLines.TryGetValue(field, out var line) ? line : Line;

    /// <summary>Whether the field was written, were it in a form that could not be read.</summary>
    public bool Wrote(string field) => FieldLines.ContainsKey(field);
}
