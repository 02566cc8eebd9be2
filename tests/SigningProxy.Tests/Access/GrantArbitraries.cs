using System.Collections.Frozen;
using FsCheck;
using FsCheck.Fluent;
using SigningProxy.Catalog;

namespace SigningProxy.Tests.Access;

/// <summary>What FsCheck makes catalogs of grants from.</summary>
public static class GrantArbitraries
{
    internal static readonly string[] CallerNames = ["one", "two", "three"];
    private static readonly string[] PrincipalNames = ["E-A", "E-B", "E-C", "e-A", "Other-A", "E-Nobody"];

    private static readonly Gen<GrantLimit?> Limit = Gen.Elements<GrantLimit?>(
        null,
        null,
        new GrantLimit { Methods = new[] { "GET" }.ToFrozenSet() },
        new GrantLimit { Paths = ["/in/"] },
        new GrantLimit { Methods = new[] { "PUT" }.ToFrozenSet(), Paths = ["/out/", "/in/x"] });

    private static readonly Gen<PermissionSet> Set =
        from callers in Gen.SubListOf([.. CallerNames, PermissionSet.EveryCaller])
        from principals in Gen.SubListOf(PrincipalNames)
        from only in Limit
        select new PermissionSet("Set", "Set", [.. callers], Names(principals), only);

    private static readonly Gen<Profile[]> Profiles =
        from first in Gen.SubListOf(PrincipalNames)
        from second in Gen.SubListOf(PrincipalNames)
        from only in Limit
        select new[] { new Profile("P", "P", Names(first), only), new Profile("Q", "Q", Names(second)) };

    public static Arbitrary<GrantedCatalog> Catalogs() => (
        from count in Gen.Choose(0, 4)
        from sets in Gen.ArrayOf(Set, count)
        from profiles in Profiles
        from chosen in Gen.ArrayOf(Gen.Elements<string?>(null, "P", "q", "Gone"), CallerNames.Length)
        select GrantedCatalog.Of(sets, profiles, [.. CallerNames.Zip(chosen, (name, profile) => new DeclaredCaller(name, profile))])).ToArbitrary();

    private static PrincipalName[] Names(IEnumerable<string> names) => [.. names.Select(n => PrincipalName.TryParse(n, out var name) ? name : throw new FormatException(n))];
}
