using SigningProxy.Listeners;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Live;
using SigningProxy.Setup.Pages.Home;
using SigningProxy.Setup.SignIn;
using SigningProxy.Setup.SignIn.Oidc;

namespace SigningProxy.Setup;

/// <summary>Puts the room together; only where Setup is served.</summary>
internal static class SetupServices
{
    public static IServiceCollection AddSetup(this IServiceCollection services, SetupListener listener, IConfiguration configuration)
    {
        services.AddSingleton(listener);
        services.AddOptions<OidcOptions>().Bind(configuration.GetSection(OidcOptions.Section));
        services.AddSingleton<AdministratorList>();
        services.AddSingleton<AdministratorChanges>();
        services.AddSingleton<ProtectionKeys>();
        services.AddSingleton<SetupSessions>();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<SignInAnswer>();
        services.AddSingleton<SignInLink>();
        services.AddSingleton<OidcProvider>();
        services.AddSingleton<OidcSignIn>();
        services.AddLive();
        services.AddSingleton<LiveStreams>();
        return services;
    }
}
