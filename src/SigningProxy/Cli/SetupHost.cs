using SigningProxy.Catalog;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Stored;
using SigningProxy.Setup;
using SigningProxy.Store;

namespace SigningProxy.Cli;

/// <summary>Setup as the host settings have it.</summary>
/// <param name="options">Its section, which has been judged.</param>
/// <param name="catalog">The path of the catalog's files.</param>
/// <param name="limits">What the host settings leave to the catalog.</param>
internal sealed class SetupHost(SetupOptions options, string catalog, HostLimits limits)
{
    /// <summary>The heading of why it cannot be used.</summary>
    public const string NotUsable = "Setup cannot be used:";

    /// <summary>Who makes changes by a command, for the audit trail.</summary>
    public static string Who => $"command line, user {Environment.UserName}";

    public MasterKey MasterKey() => options.MasterKey();

    public SetupTrust Trust => options.Trust();

    /// <exception cref="ConfigurationException">The database or its key cannot be used.</exception>
    public SetupStore Open()
    {
        try
        {
            return SetupStore.Open(options.Place(), options.MasterKey, TimeProvider.System);
        }
        catch (StoreException e)
        {
            throw new ConfigurationException(NotUsable, [e.Message]);
        }
    }

    /// <summary>The entries made in Setup as they are now; none where there is no database yet.</summary>
    /// <exception cref="ConfigurationException">The database or its key cannot be used.</exception>
    public StoredCatalog Stored()
    {
        try
        {
            var entries = SetupStore.ReadIfThere(options.Place(), options.MasterKey, TimeProvider.System);
            return new StoredCatalog(() => entries, options.Trust());
        }
        catch (StoreException e)
        {
            throw new ConfigurationException(NotUsable, [$"{SetupOptions.Section}:{nameof(SetupOptions.Database)}: {e.Message}"]);
        }
    }

    /// <summary>What would be wrong with the catalog if these were the entries made in Setup.</summary>
    public IReadOnlyList<CatalogFault> FaultsOf(IReadOnlyList<StoredEntry> entries) =>
        Judge().Judge(entries, lastGood: null).Faults;

    public CatalogJudge Judge() => new(catalog, limits, options.Trust());
}
