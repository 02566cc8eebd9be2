using SigningProxy.Setup.Api;
using SigningProxy.Store;

namespace SigningProxy.Setup.Pages.Entries;

/// <summary>The paths of entries' pages.</summary>
internal static class EntryPath
{
    public const string Edit = "edit";
    public const string Delete = "delete";

    public static string List(EntryKind kind) => $"/{ApiKinds.All.First(k => k.Kind == kind).Word}";

    public static string New(EntryKind kind) => $"/new{List(kind)}";

    public static string Of(EntryKind kind, string name) => $"{List(kind)}/{Uri.EscapeDataString(name)}";

    public static string NewPrincipal(string externalCredential) => $"/new{Of(EntryKind.ExternalCredential, externalCredential)}/principals";

    public static string Principal(string externalCredential, string principal, string what) =>
        $"{Of(EntryKind.ExternalCredential, externalCredential)}/principals/{Uri.EscapeDataString(principal)}/{what}";

    /// <summary>What several of a kind are called, as a title.</summary>
    public static string Title(EntryKind kind) => PagePlaces.All.First(p => p.Path == List(kind)).Title;
}
