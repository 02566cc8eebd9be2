using Microsoft.Extensions.Options;
using SigningProxy.Catalog;
using SigningProxy.Store;

namespace SigningProxy.Setup.SignIn;

/// <summary>Who may come to Setup: those that the host settings declare, and those made in Setup, read anew for every request.</summary>
internal sealed class AdministratorList(SetupStore store, IOptions<SetupOptions> options)
{
    /// <summary>Those of the host settings. Several lines of one name are one administrator.</summary>
    public IReadOnlyList<KnownAdministrator> Declared { get; } =
    [
        .. options.Value.Declared().GroupBy(s => s.Administrator.Name, DeveloperName.Comparer)
            .Select(lines => new KnownAdministrator(lines.First().Administrator, [.. lines.Select(s => s.Proof)], string.Join('\n', lines.Select(s => s.Proof)))),
    ];

    /// <summary>Those made in Setup, but for those whose name the host settings have given to another since.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IEnumerable<StoredAdministrator> Stored() => store.Administrators().Where(a => !IsDeclared(a.Name));

    /// <summary>The same, with what proves them.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IEnumerable<KnownAdministrator> Made() => Stored().Select(AdministratorBody.Read);

    public bool IsDeclared(string name) => Declared.Any(d => DeveloperName.Comparer.Equals(d.Administrator.Name, name));

    /// <summary>Whether there is nobody yet who could sign in.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public bool IsEmpty() => Declared.Count == 0 && store.Administrators().Count == 0;

    /// <summary>Whose token this is, or null.</summary>
    /// <exception cref="StoreException">It is none of the host settings, and the database cannot be read.</exception>
    public KnownAdministrator? ByToken(string token) => Only(Declared, a => a.HasToken(token)) ?? Only(Made(), a => a.HasToken(token));

    /// <summary>Who has one of these proofs; null where it is nobody or, since nobody could say which is meant, several.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public KnownAdministrator? ByProof(IReadOnlyCollection<AdministratorProof> shown)
    {
        var all = Declared.Concat(Made()).Where(a => a.Proofs.Any(shown.Contains)).ToList();
        return all.Count == 1 ? all[0] : null;
    }

    /// <summary>Who signed in with this stamp, or null: it is not there any more, or has been changed.</summary>
    /// <exception cref="StoreException">It is none of the host settings, and the database cannot be read.</exception>
    public KnownAdministrator? ByStamp(string name, string stamp)
    {
        bool Fits(KnownAdministrator a) => DeveloperName.Comparer.Equals(a.Administrator.Name, name) && a.Stamp == stamp;
        return Declared.FirstOrDefault(Fits) ?? Made().FirstOrDefault(Fits);
    }

    // All are asked, also those behind the one that fits.
    private static KnownAdministrator? Only(IEnumerable<KnownAdministrator> all, Func<KnownAdministrator, bool> fits)
    {
        KnownAdministrator? found = null;
        foreach (var one in all)
            found = fits(one) ? one : found;
        return found;
    }
}
