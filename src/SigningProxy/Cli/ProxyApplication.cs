using System.Net;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using SigningProxy.Audit;
using SigningProxy.Bodies;
using SigningProxy.Callers;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration;
using SigningProxy.Configuration.Stored;
using SigningProxy.Destinations;
using SigningProxy.Forwarding;
using SigningProxy.Listeners;
using SigningProxy.Sessions;
using SigningProxy.Setup;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;
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
    private readonly SetupStore? _store;

    private ProxyApplication(WebApplication app, ListenerOptions listeners, OperatorSocket operatorSocket, SetupStore? store) =>
        (_app, _listeners, _operatorSocket, _store) = (app, listeners, operatorSocket, store);

    /// <param name="options">What the command line says.</param>
    /// <param name="output">The standard output.</param>
    /// <exception cref="ConfigurationException">Settings or catalog are wrong; all that is wrong is in it.</exception>
    public static ProxyApplication Build(RunOptions options, TextWriter output)
    {
        var builder = Begin(options);
        if (HostSettings.Faults(builder.Configuration) is { Count: > 0 } faults)
            throw new ConfigurationException(HostSettings.NotValid, faults);
        var store = AddSetup(builder, options.Catalog);
        try
        {
            return Build(builder, options.Catalog, store, output);
        }
        catch
        {
            store?.Dispose();
            throw;
        }
    }

    private static ProxyApplication Build(WebApplicationBuilder builder, string catalog, SetupStore? store, TextWriter output)
    {
        var stored = store is null ? null : new StoredCatalog(store.Read, HostSettings.Setup(builder.Configuration).Trust());
        if (stored is not null)
            builder.Services.AddSingleton(stored);
        var loader = new CatalogLoader(catalog, limits: HostSettings.Limits(builder.Configuration), setup: stored);
        var load = loader.Load(lastGood: null);
        if (load.Snapshot is not { } snapshot)
            throw new ConfigurationException($"The catalog {catalog} is not valid:", [.. load.Faults.Select(CatalogReport.Line)]);

        var listeners = HostSettings.Listeners(builder.Configuration);
        builder.Services.AddSingleton(new StandardOutput(output));
        var operatorSocket = new OperatorSocket(listeners);
        var app = Compose(builder, loader, snapshot, listeners, operatorSocket);
        if (app.Services.RouteFaults(snapshot).ToList() is { Count: > 0 } routeFaults)
            throw new ConfigurationException("The ReverseProxy section is not valid:", routeFaults);
        RequestPath.Lay(app);
        if (store is { IsNew: true })
            Log.NewDatabase(app.Logger, HostSettings.Setup(builder.Configuration).Database);
        foreach (var warning in load.Warnings)
            Log.CatalogWarning(app.Logger, CatalogReport.Line(warning));
        return new ProxyApplication(app, listeners, operatorSocket, store);
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

    /// <summary>Setup as these settings have it.</summary>
    /// <exception cref="ConfigurationException">The settings have faults, or it is off.</exception>
    public static SetupHost SetupOf(RunOptions options)
    {
        var configuration = Begin(options).Configuration;
        if (HostSettings.Faults(configuration) is { Count: > 0 } faults)
            throw new ConfigurationException(HostSettings.NotValid, faults);
        return HostSettings.Setup(configuration) is { IsOn: true } setup
            ? new SetupHost(setup, options.Catalog, HostSettings.Limits(configuration))
            : throw new ConfigurationException(
                SetupHost.NotUsable, [$"{SetupOptions.Section}:{nameof(SetupOptions.Database)}: no database is named. Name its file, as the running proxy has it."]);
    }

    /// <summary>Reads the catalog as these settings have it, entries made in Setup among it; the files alone where the settings have faults.</summary>
    /// <param name="options">What the command line says.</param>
    /// <param name="time">Has it warn of certificates near their end; null for not.</param>
    /// <exception cref="ConfigurationException">Setup's database or its key cannot be used.</exception>
    public static CatalogLoader LoaderOf(RunOptions options, TimeProvider? time = null)
    {
        if (Settings(options) is not { } configuration)
            return new CatalogLoader(options.Catalog, time: time);
        var (setup, limits) = (HostSettings.Setup(configuration), HostSettings.Limits(configuration));
        // Of settings that nobody named, run's own command line may say otherwise.
        if (!options.HasSettings)
            limits = limits with { TakenPorts = HostLimits.None.TakenPorts };
        return new CatalogLoader(options.Catalog, limits: limits, time: time, setup: setup.IsOn ? new SetupHost(setup, options.Catalog, limits).Stored() : null);
    }

    /// <summary>The settings, or null where they have faults.</summary>
    private static ConfigurationManager? Settings(RunOptions options)
    {
        try
        {
            var configuration = Begin(options).Configuration;
            return HostSettings.Faults(configuration).Count > 0 ? null : configuration;
        }
        catch (ConfigurationException)
        {
            return null;
        }
    }

    /// <summary>The addresses that were bound, with the ports the system chose.</summary>
    public IEnumerable<string> Addresses => _app.Urls;

    /// <exception cref="IOException">A listener could not be opened.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await _app.StartAsync(cancellation);
        }
        catch
        {
            // What began before the failure ends here, while all that it works with is still there.
            await _app.StopAsync(CancellationToken.None);
            throw;
        }
        foreach (var socket in _listeners.CalloutAddresses().Select(a => a.SocketPath).OfType<string>())
            UnixSocketFile.Share(socket, _listeners.Mode(), _listeners.SocketGroup);
        if (_operatorSocket.Opened is { } opened)
            UnixSocketFile.Share(opened, OperatorSocket.Mode, "");
        if (_operatorSocket.Problem is { } problem)
            Log.NoOperatorSocket(_app.Logger, problem);
        OpenSetup();
        Log.Listening(_app.Logger, string.Join(", ", _app.Urls), _app.Services.GetRequiredService<CurrentCatalog>().Snapshot.NamedCredentials.Count);
        // What starting made and nothing needs any more goes back to the system: a sidecar idles for most of its life.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>Where Setup is served, or null where it is not; once started.</summary>
    public SetupListener? Setup => _app.Services.GetService<SetupListener>();

    public Task WaitForShutdownAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _operatorSocket.Dispose();
        _store?.Dispose();
    }

    /// <summary>Lets the first administrator in. The link goes to the screen only where somebody is there to see it.</summary>
    private void OpenSetup()
    {
        if (Setup?.Address.SocketPath is { } socket)
            UnixSocketFile.Share(socket, OperatorSocket.Mode, "");
        if (_app.Services.GetService<SignInLink>()?.Offer() is { } link && Terminal.IsOutput)
            _app.Services.GetRequiredService<StandardOutput>().Writer.WriteLine($"The first administrator of Setup signs in here, within 10 minutes: {link}");
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

    /// <summary>Opens Setup's database, unless Setup is off: then nothing of it is loaded.</summary>
    private static SetupStore? AddSetup(WebApplicationBuilder builder, string catalog)
    {
        var options = HostSettings.Setup(builder.Configuration);
        if (!options.IsOn)
            return null;
        var host = new SetupHost(options, catalog, HostSettings.Limits(builder.Configuration));
        var store = host.Open();
        builder.Services.AddSetupApi(catalog, host.Judge(), host.MasterKey);
        builder.Services.AddSingleton(store);
        builder.Services.AddHostedService<StoreWatch>();
        if (SetupListening.Of(options, HostSettings.Listeners(builder.Configuration)) is { } listener)
            builder.Services.AddSetup(listener, builder.Configuration);
        return store;
    }

    private static WebApplication Compose(
        WebApplicationBuilder builder, CatalogLoader loader, CatalogSnapshot snapshot, ListenerOptions listeners, OperatorSocket operatorSocket)
    {
        var catalog = new CurrentCatalog();
        catalog.Publish(snapshot);
        AddServices(builder, catalog, loader);
        builder.WebHost.ConfigureKestrel(kestrel =>
            ListenerSetup.Open(kestrel, listeners, operatorSocket, new OwnPorts(catalog), kestrel.ApplicationServices.GetService<SetupListener>()));
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
        services.AddSingleton<BodyHolder>();
        services.AddListeners();
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
