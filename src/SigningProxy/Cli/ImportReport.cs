using SigningProxy.Configuration.Stored;
using SigningProxy.Store;

namespace SigningProxy.Cli;

/// <summary>Tells what an import changes, entry by entry and field by field.</summary>
internal static class ImportReport
{
    public static void Write(IReadOnlyList<EntryChange> changes, bool dryRun, TextWriter to)
    {
        foreach (var change in changes)
        {
            to.WriteLine(change switch
            {
                { Before: null } => $"+ {change.Kind.Word()} {change.Name}",
                { After: null } => $"- {change.Kind.Word()} {change.Name}, revision {change.Before.Revision}",
                _ => $"~ {change.Kind.Word()} {change.Name}, revision {change.Before.Revision} -> {change.After.Revision}",
            });
            foreach (var difference in change.After is null ? [] : EntryDifference.Of(change.Before, change.After))
                to.WriteLine($"    {difference}");
        }
        to.WriteLine(changes.Count == 0 ? "Nothing differs." : $"{changes.Count} {(changes.Count == 1 ? "entry" : "entries")} {(dryRun ? "would change" : "changed")}.");
    }
}
