using System.Net;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Sessions;
using SigningProxy.SigV4;

namespace SigningProxy.Benchmarks;

/// <summary>What every call pays for the choice of its principal and the reading of its session, with none to obtain.</summary>
public class SessionBenchmarks
{
    private const int Entries = 20;

    private readonly Caller _caller = new("orders-service");
    private readonly Callout _callout = new() { Name = "Named", Address = CalloutAddress.Path, Path = "/", Query = "" };
    private NamedCredential _named = null!;
    private ServiceProvider _services = null!;
    private CatalogSnapshot _catalog = null!;
    private ExternalCredential _externalCredential = null!;
    private SessionCache _sessions = null!;

    [GlobalSetup]
    public void Setup()
    {
        var entries = Enumerable.Range(0, Entries).Select(Entry).ToList();
        _catalog = new CatalogSnapshot(1, entries, [], [new PermissionSet("Set", "Set", ["orders-service"], [.. entries.Select(e => new PrincipalName(e.Name, "Writer"))])], [], []);
        _externalCredential = entries[Entries / 2];
        _named = new NamedCredential { Name = "Named", Label = "Named", Url = new Uri("https://dynamodb.eu-west-1.amazonaws.com"), ExternalCredential = _externalCredential };
        _services = Services();
        _sessions = _services.GetRequiredService<SessionCache>();
        _sessions.Use(_catalog);
        foreach (var entry in entries)
            _sessions.Of(entry, entry.Principals[0]);
    }

    [GlobalCleanup]
    public void Cleanup() => _services.Dispose();

    [Benchmark]
    public SessionCredentials ChooseAndRead()
    {
        var principal = GrantTable.Of(_catalog).Find(_caller, new RequestFacts(_callout, _named, "GET"))!;
        var credentials = _sessions.Of(_externalCredential, principal).GetAsync(CancellationToken.None);
        return credentials.IsCompletedSuccessfully ? credentials.GetAwaiter().GetResult() : throw new InvalidOperationException("It had to wait.");
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOptions();
        services.AddSingleton(TimeProvider.System).AddSingleton<CurrentCatalog>().AddSingleton<IWebProxy>(new WebProxy());
        services.AddSingleton<ReadCatalogAgain>(_ => Task.CompletedTask);
        services.AddSessions(_ => null);
        return services.BuildServiceProvider();
    }

    private static ExternalCredential Entry(int number) => new()
    {
        Name = $"Entry{number}",
        Label = $"Entry {number}",
        Scope = new CredentialScope("eu-west-1", "dynamodb"),
        Signing = SigningSettings.ForService("dynamodb"),
        Variant = CredentialVariant.AccessKey,
        DeclaredIn = "",
        Principals = [Principal(number, "Writer", 1), Principal(number, "Reader", 2)],
    };

    private static Principal Principal(int number, string name, int sequenceNumber) => new()
    {
        Name = name,
        SequenceNumber = sequenceNumber,
        SessionKey = SessionKey.Of($"Entry{number}", name, "AKIDEXAMPLE", "made-up"),
        // With an end, so that the clock is asked as it is for a role's session.
        Keys = new SessionCredentials("ASIAEXAMPLE", "made-up", "token", DateTimeOffset.MaxValue),
    };
}
