using SigningProxy.Access;
using SigningProxy.Catalog;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Access;

/// <summary>A small catalog in which a few callers are granted a few principals, with and without limits, by sets and profiles.</summary>
public sealed class GrantedCatalog
{
    public static readonly string[] Principals = ["A", "B", "C"];

    private static readonly string[] Methods = ["GET", "PUT"];
    private static readonly string[] Paths = ["/in/x", "/out/x"];

    private GrantedCatalog(PermissionSet[] sets, Profile[] profiles, DeclaredCaller[] callers)
    {
        (Sets, Profiles, Callers) = (sets, profiles, callers);
        External = Declared.ExternalCredential("E", [.. Principals.Select((name, i) => Declared.Principal(name, i + 1))]);
        Catalog = new CatalogSnapshot(1, [External, Declared.ExternalCredential("Other", Declared.Principal("A", 1))], [], sets, profiles, callers);
    }

    internal PermissionSet[] Sets { get; }

    internal Profile[] Profiles { get; }

    internal DeclaredCaller[] Callers { get; }

    internal ExternalCredential External { get; }

    internal CatalogSnapshot Catalog { get; }

    internal static GrantedCatalog Of(PermissionSet[] sets, Profile[] profiles, DeclaredCaller[] callers) => new(sets, profiles, callers);

    public override string ToString() =>
        string.Join("; ", [.. Sets.Select(s => $"{string.Join(',', s.Callers)} -> {string.Join(',', s.Principals)} only {s.Only}"), .. Profiles.Select(p => $"{p.Name} -> {string.Join(',', p.Principals)}"), .. Callers.Select(c => $"{c.Name}:{c.Profile}")]);

    /// <summary>Every caller with every kind of request that a limit tells apart.</summary>
    internal static IEnumerable<AskedFor> Requests(params string[] callers) =>
        from caller in callers is [] ? GrantArbitraries.CallerNames.Append("unknown") : callers
        from method in Methods
        from path in Paths
        select new AskedFor(caller, method, path);

    internal GrantedCatalog WithOneGrantLess(Random random)
    {
        var (sets, profiles, callers) = (Sets.ToArray(), Profiles.ToArray(), Callers.ToArray());
        switch (random.Next(5))
        {
            case 0 when sets.Length > 0:
                sets = [.. sets.Skip(1)];
                break;
            case 1 when sets.Length > 0:
                sets[0] = sets[0] with { Callers = [.. sets[0].Callers.Skip(1)] };
                break;
            case 2 when sets.Length > 0:
                sets[^1] = sets[^1] with { Principals = [.. sets[^1].Principals.Skip(1)] };
                break;
            case 3 when profiles.Length > 0:
                profiles[0] = profiles[0] with { Principals = [.. profiles[0].Principals.Skip(1)] };
                break;
            default:
                callers = [.. callers.Skip(1)];
                break;
        }
        return Of(sets, profiles, callers);
    }

    internal GrantedCatalog Shuffled(Random random)
    {
        return Of(
            Shuffle(Sets.Select(s => s with { Callers = Shuffle(s.Callers), Principals = Shuffle(s.Principals) })),
            Shuffle(Profiles.Select(p => p with { Principals = Shuffle(p.Principals) })),
            Shuffle(Callers));

        T[] Shuffle<T>(IEnumerable<T> items)
        {
            var all = items.ToArray();
            random.Shuffle(all);
            return all;
        }
    }
}

/// <summary>A request in a few words.</summary>
internal sealed record AskedFor(string Caller, string Method, string Path)
{
    public RequestFacts Facts(GrantedCatalog granted) => new(Asking.Callout(Path), Declared.NamedCredential("Any", granted.External), Method);
}
