using SigningProxy.Callers.Proofs;

namespace SigningProxy.Callers;

/// <summary>Puts the room together.</summary>
internal static class CallerServices
{
    public static IServiceCollection AddCallers(this IServiceCollection services)
    {
        // First: it judges the headers that the others take off.
        services.AddSingleton<ICallerAuthenticator, LocalSigV4Authenticator>();
        services.AddSingleton<ICallerAuthenticator, UnixPeerAuthenticator>();
        services.AddSingleton<ICallerAuthenticator, TokenAuthenticator>();
        services.AddSingleton<ICallerAuthenticator, JwtAuthenticator>();
        services.AddSingleton<ICallerAuthenticator, ClientCertificateAuthenticator>();
        return services;
    }
}
