using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Callouts;

public sealed class CalloutResolverTests
{
    private const int OrdersPort = 9101;

    private static readonly ExternalCredential External = Declared.ExternalCredential("E");

    private static readonly CatalogSnapshot Catalog = new(
        1, [External], [Declared.NamedCredential("Orders", External) with { ListenPort = OrdersPort }, Declared.NamedCredential("Files", External)], [], [], []);

    [Theory]
    [InlineData("/Files", "Files", "/")]
    [InlineData("/Files/", "Files", "/")]
    [InlineData("/Files/a/b", "Files", "/a/b")]
    [InlineData("/Files//a", "Files", "//a")]
    [InlineData("/files/a", "files", "/a")]
    [InlineData("/Files/%2e%2e/Orders", "Files", "/%2e%2e/Orders")]
    public void Resolve_ByPath_ReadsTheFirstSegment(string path, string name, string rest) =>
        Assert.Equal((name, CalloutAddress.Path, rest), Resolve(path, "localhost", null));

    [Theory]
    [InlineData("/", "", "/")]
    [InlineData("//Files", "", "/Files")]
    [InlineData("/Nothing", "Nothing", "/")]
    [InlineData("/Nothing/a", "Nothing", "/a")]
    [InlineData("/%46iles/a", "%46iles", "/a")]
    [InlineData("/Files%2Fa", "Files%2Fa", "/")]
    [InlineData("/./Files", ".", "/Files")]
    [InlineData("/../Files", "..", "/Files")]
    [InlineData("/Files;a/b", "Files;a", "/b")]
    public void Resolve_ByPath_WhenTheSegmentIsNoName_IsOfNone(string path, string name, string rest)
    {
        Assert.Equal((name, CalloutAddress.None, rest), Resolve(path, "localhost", null));
        Assert.Equal(path, CalloutResolver.Resolve(new RawTarget(path, ""), "localhost", null, Catalog).WholePath);
    }

    [Theory]
    [InlineData("Files")]
    [InlineData("Nothing")]
    public void Climbs_WhateverTheNameStandsFor_IsJudgedOfWhatIsBehindIt(string name)
    {
        Assert.True(Climbs($"/{name}/../x"));
        Assert.True(Climbs($"/{name}/a/..%2f../x"));
        Assert.True(Climbs($"/../{name}/x"));
        Assert.False(Climbs($"/{name}/a/../x"));
        Assert.False(Climbs($"/{name}"));
    }

    [Theory]
    [InlineData("Files.localhost", "Files")]
    [InlineData("files.LOCALHOST", "files")]
    public void Resolve_ByHost_GoesBeforeThePath(string host, string name) =>
        Assert.Equal((name, CalloutAddress.Host, "/Orders/a"), Resolve("/Orders/a", host, null));

    [Theory]
    [InlineData("Nothing.localhost", "Nothing")]
    [InlineData("a.Files.localhost", "a.Files")]
    [InlineData(".localhost", "")]
    public void Resolve_ByHost_WhenItIsNoName_DoesNotFallToThePath(string host, string name) =>
        Assert.Equal((name, CalloutAddress.None, "/Orders/a"), Resolve("/Orders/a", host, null));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("Filesxlocalhost")]
    public void Resolve_WhenTheHostNamesNothing_ReadsThePath(string host) =>
        Assert.Equal(("Orders", CalloutAddress.Path, "/a"), Resolve("/Orders/a", host, null));

    [Fact]
    public void Resolve_ByPort_GoesBeforeHostAndPath() =>
        Assert.Equal(("Orders", CalloutAddress.ListenPort, "/Files/a"), Resolve("/Files/a", "Files.localhost", OrdersPort));

    [Fact]
    public void Resolve_ByPort_WhenItsOwnerIsGone_MeansNobody() =>
        Assert.Equal(("port 9102", CalloutAddress.ListenPort, "/Files/a"), Resolve("/Files/a", "Files.localhost", OrdersPort + 1));

    [Fact]
    public void Resolve_WhenTheNameIsLong_ShowsItsBeginning() =>
        Assert.Equal(new string('n', 80) + "...", Resolve($"/{new string('n', 81)}", "localhost", null).Name);

    [Fact]
    public void Resolve_KeepsTheQuery() =>
        Assert.Equal("b=%20&a", CalloutResolver.Resolve(new RawTarget("/Files", "b=%20&a"), "localhost", null, Catalog).Query);

    private static bool Climbs(string path) => CalloutResolver.Resolve(new RawTarget(path, ""), "localhost", null, Catalog).Climbs;

    private static (string Name, CalloutAddress Address, string Path) Resolve(string path, string host, int? ownPort)
    {
        var callout = CalloutResolver.Resolve(new RawTarget(path, ""), host, ownPort, Catalog);
        return (callout.Name, callout.Address, callout.Path);
    }
}
