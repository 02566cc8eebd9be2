using System.Diagnostics;
using System.Globalization;
using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Catalog;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Access;

public sealed class GrantTableSizeTests(ITestOutputHelper output)
{
    private const int Callers = 10_000;
    private const int Principals = 1_000;
    private const double Mebibyte = 1024 * 1024;

    [Fact]
    public void Of_WhenCallersAndPrincipalsAreMany_CompilesSoon()
    {
        // Once before, so that the code is there.
        GrantTable.Of(Catalog(10, 10));
        var catalog = Catalog(Callers, Principals);
        var (before, allocatedBefore) = (GC.GetTotalMemory(forceFullCollection: true), GC.GetAllocatedBytesForCurrentThread());
        var started = Stopwatch.GetTimestamp();

        var table = GrantTable.Of(catalog);

        var (elapsed, allocated) = (Stopwatch.GetElapsedTime(started), GC.GetAllocatedBytesForCurrentThread() - allocatedBefore);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Callers} callers and {Principals} principals: {elapsed.TotalMilliseconds:0} ms, {allocated / Mebibyte:0.0} MiB allocated, {kept / Mebibyte:0.0} MiB kept"));
        Assert.InRange(allocated / Mebibyte, 0, 20);
        Assert.Equal("P7", table.Find(new Caller("caller-7"), catalog.ExternalCredentials["E0"])?.Name);
        Assert.True(elapsed < TimeSpan.FromSeconds(2), $"It took {elapsed}.");
    }

    // Every caller in a set of some and in one of its own, and half of them with a profile.
    private static CatalogSnapshot Catalog(int callers, int principals)
    {
        var external = Enumerable.Range(0, principals / 10).Select(e => Declared.ExternalCredential($"E{e}", [.. Enumerable.Range(0, 10).Select(p => Declared.Principal($"P{p}", p + 1))])).ToList();
        var names = Enumerable.Range(0, callers).Select(c => $"caller-{c}").ToList();
        PermissionSet[] sets =
        [
            .. names.Chunk(100).Select((some, i) => Declared.PermissionSet(some, [.. Enumerable.Range(0, 10).Select(e => $"E{e % external.Count}-P{(i + 8) % 10}")])),
            .. names.Select((name, i) => Declared.PermissionSet([name], $"E{i / 10 % external.Count}-P{i % 10}")),
        ];
        var profile = Declared.Profile("Profile", [.. external.Select(e => $"{e.Name}-P9")]);
        return new CatalogSnapshot(1, external, [], sets, [profile], [.. names.Select((name, i) => new DeclaredCaller(name, i % 2 == 0 ? "Profile" : null))]);
    }
}
