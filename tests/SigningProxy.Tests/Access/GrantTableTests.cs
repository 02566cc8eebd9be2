using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Access;

public sealed class GrantTableTests
{
    private static readonly ExternalCredential External =
        Declared.ExternalCredential("E", Declared.Principal("First", 1), Declared.Principal("Second", 2), Declared.Principal("Third", 3));

    private static readonly ExternalCredential Other = Declared.ExternalCredential("Other", Declared.Principal("First", 1));

    [Fact]
    public void Find_WhenSeveralSetsAndTheProfileGrant_TakesTheLowestOfTheirUnion()
    {
        PermissionSet[] sets = [Declared.PermissionSet(["app"], "E-Third"), Declared.PermissionSet(["other", "app"], "E-Second", "Other-First")];

        Assert.Equal("Second", Find("app", sets));
        Assert.Equal("First", Find("app", sets, [Declared.Profile("P", "E-First")], [new DeclaredCaller("app", "P")]));
        Assert.Equal("Second", Find("app", sets, [Declared.Profile("P", "E-Third")], [new DeclaredCaller("app", "P")]));
    }

    [Fact]
    public void Find_WhenTheProfileAloneGrants_TakesItsPrincipal()
    {
        Profile[] profiles = [Declared.Profile("P", "E-Second"), Declared.Profile("Q", "E-First")];

        Assert.Equal("Second", Find("app", [], profiles, [new DeclaredCaller("app", "p")]));
        Assert.Null(Find("app", [], profiles, [new DeclaredCaller("app", null)]));
        Assert.Null(Find("other", [], profiles, [new DeclaredCaller("app", "P")]));
    }

    [Fact]
    public void Find_WhenEveryCallerIsGranted_IsSoForNamedAndUnnamedOnes()
    {
        PermissionSet[] sets = [Declared.PermissionSet([PermissionSet.EveryCaller], "E-Second"), Declared.PermissionSet(["high"], "E-First"), Declared.PermissionSet(["low"], "E-Third")];

        Assert.Equal("Second", Find("whoever", sets));
        Assert.Equal("First", Find("high", sets));
        Assert.Equal("Second", Find("low", sets));
    }

    [Fact]
    public void Find_WhenTheNameDoesNotExist_FindsNoneWhateverIsGranted()
    {
        PermissionSet[] sets = [Declared.PermissionSet([PermissionSet.EveryCaller, "app"], "E-First", "Other-First", "(none)-First")];
        var table = GrantTable.Of(new CatalogSnapshot(1, [External, Other], [], sets, [], []));

        Assert.Null(table.Find(new Caller("app"), new RequestFacts(Asking.Callout("/"), NamedCredential.Nothing, "GET")));
        Assert.Null(table.Find(new Caller("app"), new RequestFacts(Asking.Callout("/"), NamedCredential.Nothing, "GET"), "First"));
        Assert.Equal(RefusalReason.NoGrant, table.WhyNone(new Caller("app"), ExternalCredential.Nothing, null));
    }

    [Theory]
    [InlineData("App")]
    [InlineData("app ")]
    [InlineData("ap")]
    [InlineData("*")]
    [InlineData("")]
    public void Find_WhenTheCallersNameIsAnother_FindsNone(string caller) => Assert.Null(Find(caller, [Declared.PermissionSet(["app"], "E-First")]));

    [Theory]
    [InlineData("e-First", "First")]
    [InlineData("E-first", null)]
    [InlineData("Other-First", null)]
    [InlineData("E-Nobody", null)]
    public void Find_ComparesExternalCredentialsWithoutCaseAndPrincipalsWithIt(string principal, string? expected) =>
        Assert.Equal(expected, Find("app", [Declared.PermissionSet(["app"], principal)]));

    [Fact]
    public void Find_WhenTheLowestIsNotConfigured_StillTakesIt()
    {
        var external = External with { Principals = [External.Principals[0] with { Keys = null, Missing = ["accessKey"] }, External.Principals[1]] };
        var catalog = new CatalogSnapshot(1, [external], [], [Declared.PermissionSet(["app"], "E-First", "E-Second")], [], []);

        Assert.Equal("First", GrantTable.Of(catalog).Find(new Caller("app"), external)?.Name);
    }

    [Fact]
    public void Find_WhateverTheOrderOfThePrincipals_TakesTheLowestSequenceNumber()
    {
        var external = External with { Principals = [.. External.Principals.Reverse()] };
        var catalog = new CatalogSnapshot(1, [external], [], [Declared.PermissionSet(["app"], "E-Third", "E-Second")], [], []);

        Assert.Equal("Second", GrantTable.Of(catalog).Find(new Caller("app"), external)?.Name);
    }

    [Theory]
    [InlineData("app", null, nameof(RefusalReason.LimitsDoNotFit))]
    [InlineData("app", "Third", nameof(RefusalReason.LimitsDoNotFit))]
    [InlineData("app", "Second", nameof(RefusalReason.LimitsDoNotFit))]
    [InlineData("app", "First", nameof(RefusalReason.PrincipalNotGranted))]
    [InlineData("app", "Nobody", nameof(RefusalReason.PrincipalNotGranted))]
    [InlineData("other", null, nameof(RefusalReason.NoGrant))]
    [InlineData("other", "Third", nameof(RefusalReason.NoGrant))]
    public void WhyNone_TellsLimitsFromGrantsThatAreNotThere(string caller, string? wanted, string expected)
    {
        var only = new GrantLimit { Paths = ["/in/"] };
        PermissionSet[] sets = [Declared.PermissionSet(["app"], "E-Third") with { Only = only }, Declared.PermissionSet([PermissionSet.EveryCaller], "Other-First")];
        var catalog = new CatalogSnapshot(1, [External, Other], [], sets, [Declared.Profile("P", "E-Second") with { Only = only }], [new DeclaredCaller("app", "P")]);

        Assert.Equal(expected, GrantTable.Of(catalog).WhyNone(new Caller(caller), External, wanted).ToString());
        Assert.Equal(RefusalReason.NoGrant, GrantTable.Of(catalog).WhyNone(new Caller(caller), External with { }, wanted));
    }

    [Fact]
    public void Of_WhenAskedAgain_IsTheTableOfItsOwnCatalog()
    {
        var granting = new CatalogSnapshot(1, [External], [], [Declared.PermissionSet(["app"], "E-First")], [], []);
        var silent = new CatalogSnapshot(2, [External], [], [], [], []);

        Assert.Same(GrantTable.Of(granting), GrantTable.Of(granting));
        Assert.NotNull(GrantTable.Of(granting).Find(new Caller("app"), External));
        Assert.Null(GrantTable.Of(silent).Find(new Caller("app"), External));
    }

    private static string? Find(string caller, PermissionSet[] sets, Profile[]? profiles = null, DeclaredCaller[]? callers = null) =>
        GrantTable.Of(new CatalogSnapshot(1, [External, Other], [], sets, profiles ?? [], callers ?? [])).Find(new Caller(caller), External)?.Name;
}
