using Microsoft.Extensions.Options;

namespace SigningProxy.Audit;

/// <summary>Puts the room together.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AccessLog>();
        services.AddHostedService(s => s.GetRequiredService<AccessLog>());
        return services;
    }

    /// <summary>The access log; where it is off, nothing.</summary>
    public static IApplicationBuilder UseAccessLog(this IApplicationBuilder app) =>
        app.ApplicationServices.GetRequiredService<IOptions<AccessLogOptions>>().Value.IsOn ? app.UseMiddleware<AccessLogMiddleware>() : app;
}
