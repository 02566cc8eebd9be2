using SigningProxy.Configuration.Stored;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>Puts together what the API works with.</summary>
internal static class ApiServices
{
    /// <param name="services">Takes it.</param>
    /// <param name="catalog">The path of the catalog's files.</param>
    /// <param name="judge">Judges changes beside them.</param>
    /// <param name="master">Reads the master key.</param>
    public static IServiceCollection AddSetupApi(this IServiceCollection services, string catalog, CatalogJudge judge, Func<MasterKey> master)
    {
        services.AddSingleton(judge);
        services.AddSingleton(new ApiKey(master));
        services.AddSingleton(new ProvisionedEntries(catalog));
        services.AddSingleton<EntryBook>();
        services.AddSingleton<ChangeWriter>();
        services.AddSingleton<EntryChanges>();
        services.AddSingleton<TestCallWay>();
        services.AddSingleton<CatalogChanges>();
        return services;
    }
}
