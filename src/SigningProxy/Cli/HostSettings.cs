using SigningProxy.Callouts;
using SigningProxy.Forwarding;
using SigningProxy.Forwarding.Bodies;
using SigningProxy.Listeners;

namespace SigningProxy.Cli;

/// <summary>The host settings: ordinary .NET configuration, judged whole before anything starts.</summary>
internal static class HostSettings
{
    private const string Root = "SigningProxy";

    // Beside each section, the settings it knows. A setting nobody reads is a spelling mistake, and one that may open something.
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [ListenerOptions.Section] = [nameof(ListenerOptions.Callouts), nameof(ListenerOptions.Operations), nameof(ListenerOptions.SocketMode), nameof(ListenerOptions.SocketGroup)],
        [CalloutsOptions.Section] = [nameof(CalloutsOptions.AllowedHosts), nameof(CalloutsOptions.AllowedOrigins)],
        [BodyOptions.Section] = [nameof(BodyOptions.MemoryLimitBytes), nameof(BodyOptions.SpoolLimitBytes), nameof(BodyOptions.TotalMemoryBytes), nameof(BodyOptions.TotalSpoolBytes), nameof(BodyOptions.SpoolFolder)],
        [DestinationOptions.Section] = [nameof(DestinationOptions.ConnectTimeout), nameof(DestinationOptions.ActivityTimeout), nameof(DestinationOptions.PooledConnectionLifetime), nameof(DestinationOptions.PooledConnectionIdleTimeout)],
    };

    /// <summary>Every fault of the host settings, each with its mend; none when they are good.</summary>
    public static IReadOnlyList<string> Faults(IConfiguration configuration) =>
    [
        .. Unknown(configuration),
        .. Judge(() => Bind(configuration, ListenerOptions.Section, new ListenerOptions(), (s, o) => s.Bind(o)).Faults()),
        .. Judge(() => Bind(configuration, CalloutsOptions.Section, new CalloutsOptions(), (s, o) => s.Bind(o)).Faults()),
        .. Judge(() => Bind(configuration, BodyOptions.Section, new BodyOptions(), (s, o) => s.Bind(o)).Faults()),
        .. Judge(() => Bind(configuration, DestinationOptions.Section, new DestinationOptions(), (s, o) => s.Bind(o)).Faults()),
    ];

    public static ListenerOptions Listeners(IConfiguration configuration) =>
        Bind(configuration, ListenerOptions.Section, new ListenerOptions(), (s, o) => s.Bind(o));

    public static void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CalloutsOptions>().Bind(configuration.GetSection(CalloutsOptions.Section));
        services.AddOptions<BodyOptions>().Bind(configuration.GetSection(BodyOptions.Section));
        services.AddOptions<DestinationOptions>().Bind(configuration.GetSection(DestinationOptions.Section));
    }

    private static T Bind<T>(IConfiguration configuration, string section, T options, Action<IConfiguration, T> bind)
    {
        bind(configuration.GetSection(section), options);
        return options;
    }

    private static IReadOnlyList<string> Judge(Func<IEnumerable<string>> faults)
    {
        try
        {
            return [.. faults()];
        }
        catch (InvalidOperationException e)
        {
            // The binder names the setting and the type it wanted.
            return [e.Message];
        }
    }

    private static IEnumerable<string> Unknown(IConfiguration configuration)
    {
        foreach (var section in configuration.GetSection(Root).GetChildren())
        {
            if (!Known.TryGetValue(section.Path, out var settings))
            {
                yield return $"{section.Path}: there is no such section. There are: {string.Join(", ", Known.Keys)}.";
                continue;
            }
            foreach (var setting in section.GetChildren().Where(s => !settings.Contains(s.Key, StringComparer.OrdinalIgnoreCase)))
                yield return $"{setting.Path}: there is no such setting. There are: {string.Join(", ", settings)}.";
        }
    }
}
