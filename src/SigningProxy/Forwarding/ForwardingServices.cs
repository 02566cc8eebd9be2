using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SigningProxy.Catalog;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms.Builder;

namespace SigningProxy.Forwarding;

/// <summary>Puts YARP together with what this room adds to it.</summary>
internal static class ForwardingServices
{
    /// <summary>The log category that quotes the message of whatever a request failed on; <see cref="FailedForwarding"/> tells of that in its own words.</summary>
    public const string TalkativeCategory = "Yarp.ReverseProxy.Forwarder";

    /// <summary>Adds the forwarding of catalog and <c>ReverseProxy</c> section.</summary>
    public static IServiceCollection AddForwarding(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<DestinationClocks>();
        services.AddSingleton<SignedExchange>();
        services.AddSingleton<FailedForwarding>();
        services.AddSingleton<DestinationPools>();
        services.AddSingleton<DirectForwarder>();
        services.AddSingleton<DestinationConnections>();
        services.AddSingleton<IForwarderHttpClientFactory>(s => s.GetRequiredService<DestinationConnections>());
        services.AddSingleton<IProbingRequestFactory, HealthProbe>();
        services.AddSingleton<ITransformProvider, OutboundTransform>();
        services.AddSingleton<IProxyConfigProvider, CatalogRoutes>();
        var proxy = services.AddReverseProxy().AddConfigFilter<SettingsRoutes>();
        var section = configuration.GetSection("ReverseProxy");
        if (section.Exists())
            proxy.LoadFromConfig(section);
        KeepKeysInMemory(services);
        LeaveAccessToUs(services);
        return services;
    }

    /// <summary>YARP protects the cookies of session affinity, and by default the keys for it would be made at the start and lie in the home folder.</summary>
    private static void KeepKeysInMemory(IServiceCollection services)
    {
        services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        foreach (var starter in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) == true).ToList())
            services.Remove(starter);
    }

    /// <summary>YARP brings ASP.NET's authorization, which the host would put before everything else, where there is no route yet to judge.</summary>
    private static void LeaveAccessToUs(IServiceCollection services) => services.RemoveAll<IAuthorizationHandlerProvider>();

    /// <summary>What is wrong with the <c>ReverseProxy</c> section, given this catalog.</summary>
    public static IEnumerable<string> RouteFaults(this IServiceProvider services, CatalogSnapshot catalog) =>
        SettingsRoutes.Faults(services.GetServices<IProxyConfigProvider>(), catalog);

    /// <summary>The route a request matched decides its snapshot; comes after the name was read and before the caller is asked for.</summary>
    public static IApplicationBuilder UseRoutes(this IApplicationBuilder app) => app.UseRouting().UseMiddleware<RouteMiddleware>();

    /// <summary>The session, the body, and then the way to the destination.</summary>
    public static IApplicationBuilder UseForwarding(this IApplicationBuilder app) => app
        .UseMiddleware<SetupCookieMiddleware>()
        .UseMiddleware<SessionMiddleware>()
        .UseMiddleware<BodyMiddleware>()
        .UseMiddleware<DirectForwardingMiddleware>()
        .UseEndpoints(endpoints => endpoints.MapReverseProxy());
}
