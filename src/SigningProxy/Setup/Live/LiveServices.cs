namespace SigningProxy.Setup.Live;

/// <summary>Puts together what sees calls; only where Setup is served.</summary>
internal static class LiveServices
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<CallTally>();
        services.AddSingleton<RefusedCalls>();
        return services;
    }

    /// <summary>Sees calls from here on, unless Setup is off: then nothing is there.</summary>
    public static void UseCallWatch(this WebApplication app)
    {
        if (app.Services.GetService<CallTally>() is not null)
            app.UseMiddleware<CallWatchMiddleware>();
    }
}
