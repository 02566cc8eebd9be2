using SigningProxy.Callouts;

namespace SigningProxy.Operations;

/// <summary>Puts together what the operations listener and the operator's socket serve.</summary>
internal static class OperationsSetup
{
    public static void Serve(IApplicationBuilder app)
    {
        app.UseMiddleware<OperationsEndpoints>();
        app.UseOpenTelemetryPrometheusScrapingEndpoint(OperationsEndpoints.Metrics);
        app.UseMiddleware<OperatorMiddleware>();
        app.UseMiddleware<SessionEndpoints>();
        app.Run(context => new Refusal(
            RefusalKind.NotFound,
            $"There is GET {OperationsEndpoints.Live}, {OperationsEndpoints.Ready} and {OperationsEndpoints.Metrics}; "
            + $"and for operators GET {SessionEndpoints.Sessions} and POST {SessionEndpoints.RefreshForm}.").WriteAsync(context));
    }
}
