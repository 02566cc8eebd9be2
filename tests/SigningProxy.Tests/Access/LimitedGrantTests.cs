using System.Collections.Frozen;
using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Access;

public sealed class LimitedGrantTests
{
    private static readonly ExternalCredential External = Declared.ExternalCredential("E", Declared.Principal("First", 1), Declared.Principal("Second", 2));
    private static readonly NamedCredential Orders = Declared.NamedCredential("Orders", External);
    private static readonly NamedCredential Based = Declared.NamedCredential("Based", External, "https://api.example.com/v1/");

    [Fact]
    public void Find_WhenTheLimitDoesNotFit_IsAsIfItWereNotGranted()
    {
        PermissionSet[] sets = [Limited(new GrantLimit { Methods = Set("PUT", "POST") }, "E-First"), Declared.PermissionSet(["app"], "E-Second")];

        Assert.Equal("First", Find(sets, Orders, "PUT", "/x"));
        Assert.Equal("Second", Find(sets, Orders, "GET", "/x"));
        Assert.Equal("Second", Find(sets, Orders, "put", "/x"));
    }

    [Fact]
    public void Find_WhenAnotherGrantOfTheSameHasNoLimit_TheLimitIsSuperfluous()
    {
        PermissionSet[] sets = [Limited(new GrantLimit { Methods = Set("PUT") }, "E-First"), Declared.PermissionSet(["app"], "E-First")];

        Assert.Equal("First", Find(sets, Orders, "GET", "/x"));
    }

    [Fact]
    public void Find_WhenSeveralLimitsGrantTheSame_OneMustFitWhole()
    {
        PermissionSet[] sets =
        [
            Limited(new GrantLimit { Methods = Set("GET"), Paths = ["/public/"] }, "E-First"),
            Limited(new GrantLimit { Methods = Set("PUT"), Paths = ["/inbox/"] }, "E-First"),
        ];

        Assert.Equal("First", Find(sets, Orders, "GET", "/public/x"));
        Assert.Equal("First", Find(sets, Orders, "PUT", "/inbox/x"));
        Assert.Null(Find(sets, Orders, "PUT", "/public/x"));
        Assert.Null(Find(sets, Orders, "GET", "/inbox/x"));
    }

    [Fact]
    public void Find_JudgesThePathThatIsSent_WithItsBase()
    {
        PermissionSet[] sets = [Limited(new GrantLimit { Paths = ["/v1/orders/"] }, "E-First")];

        Assert.Equal("First", Find(sets, Based, "GET", "/orders/1"));
        Assert.Equal("First", Find(sets, Based, "GET", "/x/../orders//1"));
        Assert.Null(Find(sets, Based, "GET", "/v1/orders/1"));
        Assert.Null(Find(sets, Orders, "GET", "/orders/1"));
    }

    [Fact]
    public void Find_WhenNobodyKnowsThePathYet_FitsNoLimitToPaths()
    {
        PermissionSet[] sets = [Limited(new GrantLimit { Paths = ["/"] }, "E-First")];

        Assert.Equal("First", Find(sets, Orders, "GET", "/x"));
        Assert.Null(Find(sets, Orders, "GET", "/x", address: CalloutAddress.None));
    }

    [Theory]
    [InlineData("/inbox/x", "First")]
    [InlineData("inbox/x", "First")]
    [InlineData("/inbox/x?versionId=1", "First")]
    [InlineData("/secret/x", null)]
    [InlineData("secret/x?/inbox/", null)]
    [InlineData("/inbox/../secret/x", null)]
    [InlineData("/inbox/%2e%2e/secret/x", null)]
    [InlineData("", null)]
    public void Find_WhenAnotherObjectIsRead_JudgesItsPathToo(string source, string? expected) =>
        Assert.Equal(expected, Find([Limited(new GrantLimit { Paths = ["/inbox/"] }, "E-First")], Orders, "PUT", "/inbox/y", copySource: source));

    [Fact]
    public void Find_WhenAHeaderAsksForAnotherMethod_FitsNoLimitToMethods()
    {
        PermissionSet[] sets = [Limited(new GrantLimit { Methods = Set("GET") }, "E-First")];

        Assert.Null(Find(sets, Orders, "GET", "/x", overridesMethod: true));
    }

    [Fact]
    public void Find_JudgesNamedCredentialAndOperation()
    {
        PermissionSet[] sets =
        [
            Limited(new GrantLimit { NamedCredentials = FrozenSet.Create(DeveloperName.Comparer, "orders"), Operations = Set("DynamoDB_20120810.GetItem") }, "E-First"),
        ];

        Assert.Equal("First", Find(sets, Orders, "POST", "/", operation: "DynamoDB_20120810.GetItem"));
        Assert.Null(Find(sets, Based, "POST", "/", operation: "DynamoDB_20120810.GetItem"));
        Assert.Null(Find(sets, Orders, "POST", "/", operation: "dynamodb_20120810.getitem"));
        Assert.Null(Find(sets, Orders, "POST", "/", operation: "DynamoDB_20120810.GetItem,DynamoDB_20120810.GetItem"));
        Assert.Null(Find(sets, Orders, "POST", "/"));
    }

    [Fact]
    public void Find_WhenAPrincipalIsWanted_GivesThatOneOrNone()
    {
        PermissionSet[] sets = [Declared.PermissionSet(["app"], "E-First", "E-Second"), Declared.PermissionSet(["other"], "E-First")];

        Assert.Equal("Second", Find(sets, Orders, "GET", "/", wanted: "Second"));
        Assert.Equal("First", Find(sets, Orders, "GET", "/", wanted: "First"));
        Assert.Null(Find(sets, Orders, "GET", "/", wanted: "second"));
        Assert.Null(Find(sets, Orders, "GET", "/", wanted: ""));
        Assert.Null(Find(sets[1..], Orders, "GET", "/", wanted: "First"));
    }

    [Fact]
    public void Find_AllocatesNothing()
    {
        var table = GrantTable.Of(Catalog([Limited(new GrantLimit { Methods = Set("PUT") }, "E-First"), Declared.PermissionSet(["*"], "E-Second")]));
        var (caller, callout) = (new Caller("app"), Asking.Callout("/x"));
        table.Find(caller, new RequestFacts(callout, Orders, "GET"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            table.Find(caller, new RequestFacts(callout, Orders, "GET"));

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static string? Find(
        PermissionSet[] sets, NamedCredential named, string method, string path,
        string? operation = null, string? copySource = null, bool overridesMethod = false, string? wanted = null, CalloutAddress address = CalloutAddress.Path) =>
        GrantTable.Of(Catalog(sets)).Find(
            new Caller("app"),
            new RequestFacts(Asking.Callout(path, address), named, method) { Operation = operation, CopySource = copySource, OverridesMethod = overridesMethod },
            wanted)?.Name;

    private static CatalogSnapshot Catalog(PermissionSet[] sets) => new(1, [External], [Orders, Based], sets, [], []);

    private static PermissionSet Limited(GrantLimit only, params string[] principals) => Declared.PermissionSet(["app"], principals) with { Only = only };

    private static FrozenSet<string> Set(params string[] texts) => texts.ToFrozenSet(StringComparer.Ordinal);
}
