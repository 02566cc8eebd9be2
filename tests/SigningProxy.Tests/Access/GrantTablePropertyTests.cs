using FsCheck.Xunit;
using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Catalog;

namespace SigningProxy.Tests.Access;

[Properties(Arbitrary = [typeof(GrantArbitraries)], MaxTest = 500)]
public sealed class GrantTablePropertyTests
{
    [Property]
    public void AGrantTakenAway_NeverWidensWhatAnyoneGets(GrantedCatalog granted, int seed)
    {
        var fewer = granted.WithOneGrantLess(new Random(seed));

        foreach (var asked in GrantedCatalog.Requests())
        {
            foreach (var wanted in GrantedCatalog.Principals)
                Assert.True(Find(granted, asked, wanted) is not null || Find(fewer, asked, wanted) is null, $"{asked} came to get {wanted}.");
        }
    }

    [Property]
    public void TheOrderOfSetsCallersAndPrincipals_NeverMatters(GrantedCatalog granted, int seed)
    {
        var shuffled = granted.Shuffled(new Random(seed));

        foreach (var asked in GrantedCatalog.Requests())
        {
            Assert.Equal(Find(granted, asked), Find(shuffled, asked));
            foreach (var wanted in GrantedCatalog.Principals)
                Assert.Equal(Find(granted, asked, wanted), Find(shuffled, asked, wanted));
        }
    }

    [Property]
    public void AnUnknownCaller_GetsOnlyWhatEveryCallerHas(GrantedCatalog granted)
    {
        var everyCallers = GrantedCatalog.Of([.. granted.Sets.Where(s => s.Callers.Contains(PermissionSet.EveryCaller))], [], []);

        foreach (var asked in GrantedCatalog.Requests("unknown"))
            Assert.Equal(Find(everyCallers, asked), Find(granted, asked));
    }

    [Property]
    public void TheWinner_IsTheLowestOfWhatFits(GrantedCatalog granted)
    {
        foreach (var asked in GrantedCatalog.Requests())
        {
            foreach (var wanted in GrantedCatalog.Principals.Prepend(null))
            {
                var explained = GrantExplanation.Of(granted.Catalog, new Caller(asked.Caller), asked.Facts(granted), wanted);
                var lowest = explained.Grants.Where(g => g.WhyNot is null).Select(g => g.Principal).MinBy(p => p.SequenceNumber);

                Assert.Equal(lowest?.Name, explained.Principal?.Name);
                Assert.Equal(Find(granted, asked, wanted), explained.Principal?.Name);
                Assert.True(wanted is null || explained.Principal is null || explained.Principal.Name == wanted);
            }
        }
    }

    private static string? Find(GrantedCatalog granted, AskedFor asked, string? wanted = null) =>
        GrantTable.Of(granted.Catalog).Find(new Caller(asked.Caller), asked.Facts(granted), wanted)?.Name;
}
