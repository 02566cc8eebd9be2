using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;
using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Benchmarks;

/// <summary>The decision on access in a catalog of 10,000 callers and 1,000 principals, and what it costs to compile that.</summary>
public class AccessBenchmarks
{
    private const int Callers = 10_000;
    private const int ExternalCredentials = 100;
    private const int PrincipalsOfEach = 10;

    private readonly Callout _callout = new() { Name = "Named", Address = CalloutAddress.Path, Path = "/orders/1", Query = "" };
    private readonly Caller _caller = new("caller-5000");
    private readonly Caller _unknown = new("unknown");
    private CatalogSnapshot _catalog = null!;
    private NamedCredential _named = null!;

    [GlobalSetup]
    public void Setup()
    {
        _catalog = Catalog();
        _named = new NamedCredential { Name = "Named", Label = "Named", Url = new Uri("https://api.example.com"), ExternalCredential = _catalog.ExternalCredentials["E0"] };
        if (Granted() != "P0" || Limited() != "P9" || Unknown() is not null)
            throw new InvalidOperationException("The catalog does not decide as it should.");
    }

    /// <summary>By a set of the caller's own, limited to a method that fits.</summary>
    [Benchmark]
    public string? Granted() => GrantTable.Of(_catalog).Find(_caller, new RequestFacts(_callout, _named, "GET"))?.Name;

    /// <summary>By the profile, where the limit of the set does not fit.</summary>
    [Benchmark]
    public string? Limited() => GrantTable.Of(_catalog).Find(_caller, new RequestFacts(_callout, _named, "PUT"))?.Name;

    [Benchmark]
    public string? Unknown() => GrantTable.Of(_catalog).Find(_unknown, new RequestFacts(_callout, _named, "GET"))?.Name;

    /// <summary>Of a snapshot that was not asked before; the snapshot itself is made in it too.</summary>
    [Benchmark]
    public object Compile() => GrantTable.Of(new CatalogSnapshot(
        2, _catalog.ExternalCredentials.Values, [], _catalog.PermissionSets, _catalog.Profiles.Values, _catalog.Callers.Values));

    private static CatalogSnapshot Catalog()
    {
        var external = Enumerable.Range(0, ExternalCredentials).Select(Entry).ToList();
        var callers = Enumerable.Range(0, Callers).Select(i => $"caller-{i}").ToList();
        var only = new GrantLimit { Methods = FrozenSet.Create(StringComparer.Ordinal, "GET") };
        PermissionSet[] sets =
        [
            .. callers.Chunk(100).Select((some, i) => new PermissionSet($"Group{i}", "Group", some, [.. external.Take(10).Select(e => new PrincipalName(e.Name, "P8"))], only)),
            .. callers.Select((caller, i) => new PermissionSet($"Own{i}", "Own", [caller], [new PrincipalName($"E{i % ExternalCredentials}", $"P{i % PrincipalsOfEach}")], only)),
        ];
        var profile = new Profile("Services", "Services", [.. external.Select(e => new PrincipalName(e.Name, "P9"))]);
        return new CatalogSnapshot(1, external, [], sets, [profile], [.. callers.Select((caller, i) => new DeclaredCaller(caller, i % 2 == 0 ? "Services" : null))]);
    }

    private static ExternalCredential Entry(int number) => new()
    {
        Name = $"E{number}",
        Label = $"E{number}",
        Scope = new CredentialScope("eu-west-1", "execute-api"),
        Signing = SigningSettings.ForService("execute-api"),
        Variant = CredentialVariant.AccessKey,
        DeclaredIn = "",
        Principals = [.. Enumerable.Range(0, PrincipalsOfEach).Select(i => new Principal { Name = $"P{i}", SequenceNumber = i + 1, SessionKey = SessionKey.Of($"E{number}", $"P{i}") })],
    };
}
