using System.Net;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using SigningProxy.Audit;
using SigningProxy.Callers;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration;
using SigningProxy.Forwarding;
using SigningProxy.Listeners;
using SigningProxy.Sessions;
using SigningProxy.Telemetry;

namespace SigningProxy.Cli;

/// <summary>The composition: settings, catalog, listeners and the request's path, put together and judged before anything starts.</summary>
internal sealed class ProxyApplication : IAsyncDisposable
{
    private static readonly string[] ExporterVariables =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    private readonly WebApplication _app;
    private readonly ListenerOptions _listeners;
    private readonly OperatorSocket _operatorSocket;

    private ProxyApplication(WebApplication app, ListenerOptions listeners, OperatorSocket operatorSocket) =>
        (_app, _listeners, _operatorSocket) = (app, listeners, operatorSocket);

    /// <param name="options">What the command line says.</param>
    /// <param name="output">The standard output.</param>
    /// <exception cref="ConfigurationException">Settings or catalog are wrong; all that is wrong is in it.</exception>
    public static ProxyApplication Build(RunOptions options, TextWriter output)
    {
        var builder = Begin(options);
        if (HostSettings.Faults(builder.Configuration) is { Count: > 0 } faults)
            throw new ConfigurationException(HostSettings.NotValid, faults);
        var loader = new CatalogLoader(options.Catalog, limit: HostSettings.DurationLimit(builder.Configuration));
        var load = loader.Load(lastGood: null);
        if (load.Snapshot is not { } snapshot)
            throw new ConfigurationException($"The catalog {options.Catalog} is not valid:", [.. load.Faults.Select(CatalogReport.Line)]);

        var listeners = HostSettings.Listeners(builder.Configuration);
        builder.Services.AddSingleton(new StandardOutput(output));
        var operatorSocket = new OperatorSocket(listeners);
        var app = Compose(builder, loader, snapshot, listeners, operatorSocket);
        if (app.Services.RouteFaults(snapshot).ToList() is { Count: > 0 } routeFaults)
            throw new ConfigurationException("The ReverseProxy section is not valid:", routeFaults);
        RequestPath.Lay(app);
        foreach (var warning in load.Warnings)
            Log.CatalogWarning(app.Logger, CatalogReport.Line(warning));
        return new ProxyApplication(app, listeners, operatorSocket);
    }

    /// <summary>What is wrong with the host settings or, when they and the catalog are good, with the <c>ReverseProxy</c> section. Starts nothing.</summary>
    /// <param name="options">What the command line says.</param>
    /// <param name="snapshot">The catalog that the section is judged against, or null when it has faults of its own.</param>
    public static async Task<IReadOnlyList<string>> SettingsFaultsAsync(RunOptions options, CatalogSnapshot? snapshot)
    {
        try
        {
            var builder = Begin(options);
            var faults = HostSettings.Faults(builder.Configuration);
            if (faults.Count > 0 || snapshot is null)
                return faults;
            builder.Services.AddSingleton(new StandardOutput(TextWriter.Null));
            var listeners = HostSettings.Listeners(builder.Configuration);
            using var unopened = new OperatorSocket(listeners);
            await using var app = Compose(builder, new CatalogLoader(options.Catalog), snapshot, listeners, unopened);
            return [.. app.Services.RouteFaults(snapshot)];
        }
        catch (ConfigurationException e)
        {
            return e.Faults;
        }
    }

    /// <summary>How long sessions may be asked to last by these settings; as at AWS where the settings have faults.</summary>
    public static DurationLimit DurationLimitOf(RunOptions options)
    {
        try
        {
            var configuration = Begin(options).Configuration;
            return HostSettings.Faults(configuration).Count > 0 ? DurationLimit.OfAws : HostSettings.DurationLimit(configuration);
        }
        catch (ConfigurationException)
        {
            return DurationLimit.OfAws;
        }
    }

    /// <summary>The addresses that were bound, with the ports the system chose.</summary>
    public IEnumerable<string> Addresses => _app.Urls;

    /// <exception cref="IOException">A listener could not be opened.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await _app.StartAsync(cancellation);
        foreach (var socket in _listeners.CalloutAddresses().Select(a => a.SocketPath).OfType<string>())
            UnixSocketFile.Share(socket, _listeners.Mode(), _listeners.SocketGroup);
        if (_operatorSocket.Opened is { } opened)
            UnixSocketFile.Share(opened, OperatorSocket.Mode, "");
        if (_operatorSocket.Problem is { } problem)
            Log.NoOperatorSocket(_app.Logger, problem);
        Log.Listening(_app.Logger, string.Join(", ", _app.Urls), _app.Services.GetRequiredService<CurrentCatalog>().Snapshot.NamedCredentials.Count);
    }

    public Task WaitForShutdownAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _operatorSocket.Dispose();
    }

    private static WebApplicationBuilder Begin(RunOptions options)
    {
        try
        {
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Environment.CurrentDirectory });
            options.AddTo(builder.Configuration);
            return builder;
        }
        catch (InvalidDataException e)
        {
            // Of appsettings.json; the innermost tells the line.
            throw new ConfigurationException(HostSettings.NotValid, [$"appsettings.json: this is not a file of settings. {e.GetBaseException().Message}"]);
        }
    }

    private static WebApplication Compose(
        WebApplicationBuilder builder, CatalogLoader loader, CatalogSnapshot snapshot, ListenerOptions listeners, OperatorSocket operatorSocket)
    {
        var catalog = new CurrentCatalog();
        catalog.Publish(snapshot);
        AddServices(builder, catalog, loader);
        builder.WebHost.ConfigureKestrel(kestrel => ListenerSetup.Open(kestrel, listeners, operatorSocket, new OwnPorts(catalog)));
        return builder.Build();
    }

    private static void AddServices(WebApplicationBuilder builder, CurrentCatalog catalog, CatalogLoader loader)
    {
        var services = builder.Services;
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, FrameworkLogFloor>();
        // Calls go on whatever becomes of a watch beside them; and a start that fails would be told of once more by each.
        services.Configure<HostOptions>(host => host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(catalog);
        services.AddSingleton(loader);
        services.AddSingleton(new CatalogReloadOptions());
        services.AddSingleton<CatalogReloader>();
        services.AddHostedService(s => s.GetRequiredService<CatalogReloader>());
        services.AddSingleton<ReadCatalogAgain>(s => s.GetRequiredService<CatalogReloader>().ReadAgainAsync);
        services.AddHostedService<CertificateWatch>();
        HostSettings.AddTo(services, builder.Configuration);
        services.AddCallers();
        services.AddAudit();
        services.AddSingleton<IWebProxy>(new EnvironmentProxy(HttpClient.DefaultProxy));
        services.AddSessions(Environment.GetEnvironmentVariable);
        services.AddForwarding(builder.Configuration);
        AddTelemetry(services, builder.Configuration);
    }

    private static void AddTelemetry(IServiceCollection services, ConfigurationManager configuration)
    {
        var telemetry = services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(ProxyTelemetry.Name).AddPrometheusExporter());
        // Traces are made only where somebody takes them.
        if (!ExporterVariables.Any(name => configuration[name] is { Length: > 0 }))
            return;
        telemetry.WithTracing(tracing => tracing.AddSource(ProxyTelemetry.Name)).UseOtlpExporter();
    }
}
