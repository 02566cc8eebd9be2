using SigningProxy.Sessions.Ambient;

namespace SigningProxy.Sessions;

/// <summary>Puts the room together.</summary>
internal static class SessionServices
{
    /// <param name="services">Takes the services; a <see cref="ReadCatalogAgain"/> and a web proxy come from elsewhere.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static IServiceCollection AddSessions(this IServiceCollection services, Func<string, string?> environment)
    {
        services.AddSingleton<SourceConnections>();
        services.AddSingleton(s => new AmbientCredentials(environment, s.GetRequiredService<SourceConnections>()));
        services.AddSingleton<AccessKeySource>();
        services.AddSingleton<AssumeRoleSource>();
        services.AddSingleton(s => new RolesAnywhereSource(reach => s.GetRequiredService<SourceConnections>().To(reach).Streaming, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SessionSources>();
        services.AddSingleton<SessionCache>();
        // Roles are chained by way of the cache, which itself is made of the sources.
        services.AddSingleton<ObtainSession>(s => (external, principal, cancellation) => s.GetRequiredService<SessionCache>().GetAsync(external, principal, cancellation));
        services.AddHostedService<SessionKeeper>();
        return services;
    }
}
