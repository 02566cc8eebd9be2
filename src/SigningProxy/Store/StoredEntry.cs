using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Store;

/// <summary>What an entry of a catalog is; each is one section of its file.</summary>
internal enum EntryKind
{
    ExternalCredential,
    NamedCredential,
    Certificate,
    PermissionSet,
    Profile,
    Caller,
}

/// <summary>An entry made in Setup.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Unique within its kind, without regard to case.</param>
/// <param name="Revision">From 1; the store gives it. Of one that has not been written, the least that it can be given.</param>
/// <param name="Body">The entry in YAML, with <c>{stored: FIELD}</c> where a secret belongs.</param>
/// <param name="Secrets">By their field; or why one does not open.</param>
internal sealed record StoredEntry(EntryKind Kind, string Name, long Revision, string Body, IReadOnlyDictionary<string, Reading<Secret>> Secrets)
{
    /// <summary>Whether this is an entry of that kind and name.</summary>
    public bool Is(EntryKind kind, string name) => Kind == kind && DeveloperName.Comparer.Equals(Name, name);

    public override string ToString() => $"{Kind} {Name}, revision {Revision}";
}

/// <summary>One change of one entry.</summary>
/// <param name="Before">What it was when the change was thought of; null for one that was not there.</param>
/// <param name="After">What it is to be; null for none.</param>
/// <param name="Fields">The fields that differ, such as <c>principals[0].accessSecret</c>.</param>
internal sealed record EntryChange(StoredEntry? Before, StoredEntry? After, IReadOnlyList<string> Fields)
{
    public EntryKind Kind => (After ?? Before)!.Kind;

    public string Name => (After ?? Before)!.Name;
}

/// <summary>An entry was changed by somebody else since a change of it was thought of.</summary>
/// <param name="change">The change, of which nothing was written.</param>
/// <param name="now">What the entry is, or null where there is none any more.</param>
internal sealed class RevisionConflictException(EntryChange change, StoredEntry? now)
    : Exception($"{change.Kind} {change.Name} was revision {change.Before?.Revision ?? 0} and is {now?.Revision ?? 0} by now")
{
    public EntryChange Change => change;

    public StoredEntry? Now => now;
}
