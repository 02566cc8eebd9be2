using SigningProxy.Access;
using SigningProxy.Audit;
using SigningProxy.Bodies;
using SigningProxy.Callers.Jwt;
using SigningProxy.Callouts;
using SigningProxy.Catalog.Validation;
using SigningProxy.Destinations;
using SigningProxy.Listeners;
using SigningProxy.Operations;
using SigningProxy.Sessions;
using SigningProxy.Setup;
using SigningProxy.Setup.SignIn.Oidc;

namespace SigningProxy.Cli;

/// <summary>The host settings: ordinary .NET configuration, judged whole before anything starts.</summary>
internal static class HostSettings
{
    /// <summary>The heading of what is wrong with them.</summary>
    public const string NotValid = "The host settings are not valid:";

    private const string Root = "SigningProxy";

    // Beside each section, the settings it knows. A setting nobody reads is a spelling mistake, and one that may open something.
    private static readonly Dictionary<string, Dictionary<string, SettingForm>> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [ListenerOptions.Section] = new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(ListenerOptions.Callouts)] = SettingForm.Texts,
            [nameof(ListenerOptions.Operations)] = SettingForm.Text,
            [nameof(ListenerOptions.Operator)] = SettingForm.Text,
            [nameof(ListenerOptions.SocketMode)] = SettingForm.Text,
            [nameof(ListenerOptions.SocketGroup)] = SettingForm.Text,
            [nameof(ListenerOptions.CertificateFile)] = SettingForm.Text,
            [nameof(ListenerOptions.CertificateKeyFile)] = SettingForm.Text,
            [nameof(ListenerOptions.ClientAuthoritiesFile)] = SettingForm.Text,
        },
        [OperatorOptions.Section] = new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(OperatorOptions.TokenFile)] = SettingForm.Text,
            [nameof(OperatorOptions.TokenEnv)] = SettingForm.Text,
        },
        [CalloutsOptions.Section] = new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(CalloutsOptions.AllowedHosts)] = SettingForm.Texts,
            [nameof(CalloutsOptions.AllowedOrigins)] = SettingForm.Texts,
        },
        [BodyOptions.Section] = new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(BodyOptions.MemoryLimitBytes)] = SettingForm.Bytes,
            [nameof(BodyOptions.SpoolLimitBytes)] = SettingForm.Bytes,
            [nameof(BodyOptions.TotalMemoryBytes)] = SettingForm.Bytes,
            [nameof(BodyOptions.TotalSpoolBytes)] = SettingForm.Bytes,
            [nameof(BodyOptions.SpoolFolder)] = SettingForm.Text,
        },
        [DestinationOptions.Section] = new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(DestinationOptions.ConnectTimeout)] = SettingForm.Duration,
            [nameof(DestinationOptions.ActivityTimeout)] = SettingForm.Duration,
            [nameof(DestinationOptions.PooledConnectionLifetime)] = SettingForm.Duration,
            [nameof(DestinationOptions.PooledConnectionIdleTimeout)] = SettingForm.Duration,
        },
        [JwtOptions.Section] = new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(JwtOptions.Issuers)] = SettingForm.Texts,
        },
        [LimitOptions.Section] = new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(LimitOptions.RequestsPerSecond)] = SettingForm.Number,
            [nameof(LimitOptions.ConcurrentRequests)] = SettingForm.Number,
            [nameof(LimitOptions.BytesInFlight)] = SettingForm.Bytes,
        },
        [AccessLogOptions.Section] = new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(AccessLogOptions.File)] = SettingForm.Text,
            [nameof(AccessLogOptions.Query)] = SettingForm.OnOrOff,
            [nameof(AccessLogOptions.Capacity)] = SettingForm.Number,
        },
        [SessionsOptions.Section] = new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(SessionsOptions.Startup)] = SettingForm.EagerOrLazy,
            [nameof(SessionsOptions.BackgroundRefresh)] = SettingForm.OnOrOff,
            [nameof(SessionsOptions.AnswerInspection)] = SettingForm.OnOrOff,
            [nameof(SessionsOptions.FetchTimeout)] = SettingForm.Duration,
            [nameof(SessionsOptions.WaitLimit)] = SettingForm.Duration,
            [nameof(SessionsOptions.BackoffStep)] = SettingForm.Duration,
            [nameof(SessionsOptions.LongestBackoffStep)] = SettingForm.Duration,
            [nameof(SessionsOptions.ForcedRefreshInterval)] = SettingForm.Duration,
            [nameof(SessionsOptions.MinimumDurationSeconds)] = SettingForm.Number,
        },
        [SetupOptions.Section] = new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(SetupOptions.Database)] = SettingForm.Text,
            [nameof(SetupOptions.DatabasePasswordFile)] = SettingForm.Text,
            [nameof(SetupOptions.DatabasePasswordEnv)] = SettingForm.Text,
            [nameof(SetupOptions.DatabaseCertificateAuthorities)] = SettingForm.Text,
            [nameof(SetupOptions.MasterKeyFile)] = SettingForm.Text,
            [nameof(SetupOptions.MasterKeyEnv)] = SettingForm.Text,
            [nameof(SetupOptions.Listen)] = SettingForm.Text,
            [nameof(SetupOptions.CertificateFile)] = SettingForm.Text,
            [nameof(SetupOptions.CertificateKeyFile)] = SettingForm.Text,
            [nameof(SetupOptions.ClientAuthoritiesFile)] = SettingForm.Text,
            [nameof(SetupOptions.Hosts)] = SettingForm.Texts,
            [nameof(SetupOptions.LinkFile)] = SettingForm.Text,
            [nameof(SetupOptions.IdleTimeout)] = SettingForm.Duration,
            [nameof(SetupOptions.AbsoluteTimeout)] = SettingForm.Duration,
            [nameof(SetupOptions.Administrators)] = SettingForm.Texts,
            [nameof(SetupOptions.AllowedFolders)] = SettingForm.Texts,
            [nameof(SetupOptions.AllowedVariables)] = SettingForm.Texts,
            [nameof(SetupOptions.Allow)] = SettingForm.Texts,
        },
        [OidcOptions.Section] = new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(OidcOptions.Issuer)] = SettingForm.Text,
            [nameof(OidcOptions.ClientId)] = SettingForm.Text,
            [nameof(OidcOptions.ClientSecretFile)] = SettingForm.Text,
            [nameof(OidcOptions.ClientSecretEnv)] = SettingForm.Text,
            [nameof(OidcOptions.Scopes)] = SettingForm.Text,
            [nameof(OidcOptions.AuthoritiesFile)] = SettingForm.Text,
        },
    };

    /// <summary>Every fault of the host settings, each with its mend; none when they are good.</summary>
    public static IReadOnlyList<string> Faults(IConfiguration configuration) =>
    [
        .. Unknown(configuration),
        .. Judge(configuration, ListenerOptions.Section, () => Faults(Listeners(configuration))),
        .. Judge(configuration, OperatorOptions.Section, () => Bind(configuration, OperatorOptions.Section, new OperatorOptions(), (s, o) => s.Bind(o)).Faults()),
        .. Judge(configuration, CalloutsOptions.Section, () => Bind(configuration, CalloutsOptions.Section, new CalloutsOptions(), (s, o) => s.Bind(o)).Faults()),
        .. Judge(configuration, BodyOptions.Section, () => Bind(configuration, BodyOptions.Section, new BodyOptions(), (s, o) => s.Bind(o)).Faults()),
        .. Judge(configuration, DestinationOptions.Section, () => Bind(configuration, DestinationOptions.Section, new DestinationOptions(), (s, o) => s.Bind(o)).Faults()),
        .. Judge(configuration, JwtOptions.Section, () => Bind(configuration, JwtOptions.Section, new JwtOptions(), (s, o) => s.Bind(o)).Faults()),
        .. Judge(configuration, LimitOptions.Section, () => Bind(configuration, LimitOptions.Section, new LimitOptions(), (s, o) => s.Bind(o)).Faults()),
        .. Judge(configuration, AccessLogOptions.Section, () => AccessLog(configuration).Faults()),
        .. Judge(configuration, SessionsOptions.Section, () => Sessions(configuration).Faults()),
        .. Judge(configuration, SetupOptions.Section, () => Faults(Setup(configuration), Listeners(configuration))),
        .. Judge(configuration, OidcOptions.Section, () => Bind(configuration, OidcOptions.Section, new OidcOptions(), (s, o) => s.Bind(o)).Faults()),
    ];

    private static IEnumerable<string> Faults(ListenerOptions listeners) => [.. listeners.Faults(), .. listeners.CertificateFaults()];

    private static IEnumerable<string> Faults(SetupOptions setup, ListenerOptions listeners) => [.. setup.Faults(), .. SetupListening.Faults(setup, listeners)];

    public static ListenerOptions Listeners(IConfiguration configuration) =>
        Bind(configuration, ListenerOptions.Section, new ListenerOptions(), (s, o) => s.Bind(o));

    public static SessionsOptions Sessions(IConfiguration configuration) =>
        Bind(configuration, SessionsOptions.Section, new SessionsOptions(), (s, o) => s.Bind(o));

    public static SetupOptions Setup(IConfiguration configuration) =>
        Bind(configuration, SetupOptions.Section, new SetupOptions(), (s, o) => s.Bind(o));

    public static AccessLogOptions AccessLog(IConfiguration configuration) =>
        Bind(configuration, AccessLogOptions.Section, new AccessLogOptions(), (s, o) => s.Bind(o));

    /// <summary>What they leave to the catalog. They have been judged.</summary>
    public static HostLimits Limits(IConfiguration configuration)
    {
        var listeners = Listeners(configuration);
        return new HostLimits(
            new DurationLimit(Sessions(configuration).MinimumDurationSeconds),
            TakenPorts.Of([.. listeners.WithSettings(), .. SetupListening.WithSetting(Setup(configuration), listeners)]));
    }

    public static void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SetupOptions>().Bind(configuration.GetSection(SetupOptions.Section));
        services.AddOptions<OperatorOptions>().Bind(configuration.GetSection(OperatorOptions.Section));
        services.AddOptions<CalloutsOptions>().Bind(configuration.GetSection(CalloutsOptions.Section));
        services.AddOptions<BodyOptions>().Bind(configuration.GetSection(BodyOptions.Section));
        services.AddOptions<JwtOptions>().Bind(configuration.GetSection(JwtOptions.Section));
        services.AddOptions<LimitOptions>().Bind(configuration.GetSection(LimitOptions.Section));
        services.AddOptions<AccessLogOptions>().Bind(configuration.GetSection(AccessLogOptions.Section));
        services.AddOptions<SessionsOptions>().Bind(configuration.GetSection(SessionsOptions.Section));
        services.AddOptions<DestinationOptions>().Bind(configuration.GetSection(DestinationOptions.Section));
    }

    private static T Bind<T>(IConfiguration configuration, string section, T options, Action<IConfiguration, T> bind)
    {
        bind(configuration.GetSection(section), options);
        return options;
    }

    // What has not the form of its type cannot be bound, and the rest of its section is judged when it has.
    private static List<string> Judge(IConfiguration configuration, string section, Func<IEnumerable<string>> faults)
    {
        var misshapen = Known[section].Select(s => s.Value.FaultOf(configuration.GetSection(section).GetSection(s.Key))).OfType<string>().ToList();
        return misshapen.Count > 0 ? misshapen : [.. faults()];
    }

    private static IEnumerable<string> Unknown(IConfiguration configuration)
    {
        foreach (var section in configuration.GetSection(Root).GetChildren().Append(configuration.GetSection(OidcOptions.Section)))
        {
            if (!Known.TryGetValue(section.Path, out var settings))
            {
                yield return $"{section.Path}: there is no such section. There are: {string.Join(", ", Known.Keys)}.";
                continue;
            }
            foreach (var setting in section.GetChildren().Where(s => !settings.ContainsKey(s.Key) && !Known.ContainsKey(s.Path)))
                yield return $"{setting.Path}: there is no such setting. There are: {string.Join(", ", settings.Keys)}.";
        }
    }
}
