using SigningProxy.Store;

namespace SigningProxy.Configuration.Stored;

/// <summary>The kinds of entries by the words of a catalog: its section, and what one of them is called.</summary>
internal static class EntryKinds
{
    public static IReadOnlyList<(EntryKind Kind, string Word, string Section)> All { get; } =
    [
        (EntryKind.ExternalCredential, "externalCredential", "externalCredentials"),
        (EntryKind.NamedCredential, "namedCredential", "namedCredentials"),
        (EntryKind.Certificate, "certificate", "certificates"),
        (EntryKind.PermissionSet, "permissionSet", "permissionSets"),
        (EntryKind.Profile, "profile", "profiles"),
        (EntryKind.Caller, "caller", "callers"),
    ];

    /// <summary>What the list of this kind is called in a catalog.</summary>
    public static string Section(this EntryKind kind) => All.First(k => k.Kind == kind).Section;

    public static string Word(this EntryKind kind) => All.First(k => k.Kind == kind).Word;
}
