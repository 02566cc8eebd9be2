using System.Collections.Frozen;
using System.Text;

namespace SigningProxy.Catalog.Declarations;

/// <summary>Where an entry was written, and what it is called when something is wrong with it.</summary>
/// <param name="File">The file, or null when it was made in Setup.</param>
/// <param name="Line">Of the entry, from 1; 0 when there is none.</param>
/// <param name="Entry">Such as <c>externalCredential OrdersTable / principal Writer</c>.</param>
/// <param name="FieldLines">The line of every field that was written; the items of a list stand as <c>callers[0]</c>.</param>
internal sealed record Origin(string? File, int Line, string Entry, IReadOnlyDictionary<string, int> FieldLines)
{
    /// <summary>Where the entry stands in its file, or among the entries made in Setup, as a JSON pointer (RFC 6901); empty for all of it.</summary>
    public string Pointer { get; init; } = "";

    /// <summary>Whether it comes from a file of the catalog, and so from whoever runs the proxy.</summary>
    public bool IsProvisioned => File is not null;

    /// <summary>The origin of an entry that was not written in a file.</summary>
    public static Origin Of(string entry) => new(null, 0, entry, FrozenDictionary<string, int>.Empty);

    /// <summary>The line of a field, else the entry's own.</summary>
    public int LineOf(string? field) => field is not null && FieldLines.TryGetValue(field, out var line) ? line : Line;

    /// <summary>Whether the field was written, were it in a form that could not be read.</summary>
    public bool Wrote(string field) => FieldLines.ContainsKey(field);

    /// <summary>The pointer of a field, which may be written as <c>callers[0]</c> or <c>localSigV4.secret</c>; else the entry's own.</summary>
    public string PointerOf(string? field)
    {
        if (field is null)
            return Pointer;
        var pointer = new StringBuilder(Pointer).Append('/');
        foreach (var letter in field.Where(c => c != ']'))
            pointer.Append(letter is '.' or '[' ? '/' : letter);
        return pointer.ToString();
    }
}
