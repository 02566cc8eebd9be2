using SigningProxy.Callouts;

namespace SigningProxy.Operations;

/// <summary>Puts together what the operations listener serves.</summary>
internal static class OperationsSetup
{
    public static void Serve(IApplicationBuilder app)
    {
        app.UseMiddleware<OperationsEndpoints>();
        app.UseOpenTelemetryPrometheusScrapingEndpoint(OperationsEndpoints.Metrics);
        app.Run(context => new Refusal(
            RefusalKind.NotFound, $"This listener serves {OperationsEndpoints.Live}, {OperationsEndpoints.Ready} and {OperationsEndpoints.Metrics}.").WriteAsync(context));
    }
}
