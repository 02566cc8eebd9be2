using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>The kinds of entries by the words of paths.</summary>
internal static class ApiKinds
{
    public static IReadOnlyList<(string Word, EntryKind Kind)> All { get; } =
    [
        ("external-credentials", EntryKind.ExternalCredential),
        ("named-credentials", EntryKind.NamedCredential),
        ("certificates", EntryKind.Certificate),
        ("permission-sets", EntryKind.PermissionSet),
        ("profiles", EntryKind.Profile),
        ("callers", EntryKind.Caller),
    ];

    /// <summary>What one of them is called in a sentence.</summary>
    public static string InWords(this EntryKind kind) => All.First(k => k.Kind == kind).Word.Replace('-', ' ')[..^1];

    public static bool TryParse(string word, out EntryKind kind)
    {
        var found = All.FirstOrDefault(k => k.Word == word);
        kind = found.Kind;
        return found.Word is not null;
    }
}
