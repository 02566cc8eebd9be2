using SigningProxy.Exchange;
using SigningProxy.Setup.Pages.Forms;

namespace SigningProxy.Setup.Pages.Importing;

/// <summary>What an archive comes to, before it is taken over and after.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Catalog">The entries as YAML, which may be changed; null before an archive was read.</param>
internal sealed record ImportView(PageFrame Frame, FormView? Catalog)
{
    /// <summary>Why the archive was not read; else null.</summary>
    public string? Refused { get; init; }

    /// <summary>What has no counterpart here.</summary>
    public IReadOnlyList<Omission> Omissions { get; init; } = [];

    /// <summary>What is left to fill in.</summary>
    public IReadOnlyList<ChecklistItem> Checklist { get; init; } = [];

    /// <summary>Each entry with what happens to it, or did.</summary>
    public IReadOnlyList<ImportedEntry>? Changes { get; init; }

    /// <summary>Whether they have been made.</summary>
    public bool IsDone { get; init; }
}

/// <param name="Kind">What it is, in words.</param>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its page.</param>
/// <param name="IsNew">Whether there was none.</param>
/// <param name="Fields">The fields that differ.</param>
internal sealed record ImportedEntry(string Kind, string Name, string Path, bool IsNew, IReadOnlyList<string> Fields);
