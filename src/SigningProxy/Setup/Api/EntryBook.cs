using SigningProxy.Catalog;
using SigningProxy.Configuration.Stored;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>All entries there are, those of the files and those of the store together.</summary>
internal sealed class EntryBook(SetupStore store, ProvisionedEntries provisioned)
{
    /// <summary>Those of a kind, by name.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<EntryView> All(EntryKind kind) =>
    [
        .. provisioned.Read().Where(e => e.Kind == kind).Select(EntryView.Of)
            .Concat(store.Read().Where(e => e.Kind == kind).Select(EntryView.Of))
            .OrderBy(e => e.Name, DeveloperName.Comparer).ThenBy(e => e.Name, StringComparer.Ordinal),
    ];

    /// <summary>The entry of a name, without regard to case where none has it exactly; or null.</summary>
    public EntryView? Find(EntryKind kind, string name)
    {
        var alike = All(kind).Where(e => DeveloperName.Comparer.Equals(e.Name, name)).ToList();
        return alike.Find(e => e.Name == name) ?? alike.FirstOrDefault();
    }

    /// <exception cref="ProblemException">There is none.</exception>
    public EntryView Get(EntryKind kind, string name) =>
        Find(kind, name) ?? throw new ProblemException(ProblemKind.NotFound, $"There is no {kind.InWords()} of this name.");

    /// <summary>The provisioned entry of a name, without regard to case; or null.</summary>
    public ProvisionedEntry? Provisioned(EntryKind kind, string name) =>
        provisioned.Read().FirstOrDefault(e => e.Kind == kind && DeveloperName.Comparer.Equals(e.Name, name));
}
