using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.SigV4;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Access;

public sealed class AccessMiddlewareTests
{
    private static readonly ExternalCredential External = Declared.ExternalCredential("E", Declared.Principal("First", 1), Declared.Principal("Second", 2));
    private static readonly NamedCredential Named = Declared.NamedCredential("N", External);

    [Fact]
    public async Task Invoke_WhenGranted_GoesOnWithThePrincipal() => Assert.Equal("went on as Second", await AskAsync(Named, "E-Second"));

    [Fact]
    public async Task Invoke_WhenThereIsNoSuchName_IsForbidden() => Assert.Equal("access_denied", await AskAsync(null, "E-First"));

    [Fact]
    public async Task Invoke_WhenNothingIsGranted_IsForbidden() => Assert.Equal("access_denied", await AskAsync(Named, "Other-First"));

    [Fact]
    public async Task Invoke_WhenTheLowestIsNotConfigured_NeverFallsToTheNext() =>
        Assert.Equal("principal_not_configured", await AskAsync(With(External with { Principals = [NotConfigured, External.Principals[1]] }), "E-First", "E-Second"));

    [Fact]
    public async Task Invoke_WhenAnotherIsNotConfigured_DoesNotMind() =>
        Assert.Equal("went on as Second", await AskAsync(With(External with { Principals = [NotConfigured, External.Principals[1]] }), "E-Second"));

    [Fact]
    public async Task Invoke_WhenCalloutsAreDisabled_IsRefusedToTheGrantedAlone()
    {
        var disabled = Named with { EnabledForCallouts = false };

        Assert.Equal("callouts_disabled", await AskAsync(disabled, "E-First"));
        Assert.Equal("access_denied", await AskAsync(disabled));
    }

    [Fact]
    public async Task Invoke_WhenTheCallerSignsItself_NeedsAGrantAndNoKeys()
    {
        var own = With(External with { Principals = [NotConfigured] }) with { GenerateAuthorizationHeader = false };

        Assert.Equal("went on as First", await AskAsync(own, "E-First"));
        Assert.Equal("access_denied", await AskAsync(own));
    }

    [Theory]
    [InlineData("went on as First", "Read")]
    [InlineData("access_denied", "Read", "Read")]
    [InlineData("access_denied", "", "Read")]
    [InlineData("access_denied", "Read", "")]
    public async Task Invoke_WhenTheOperationIsSaidTwice_NoLimitFits(string expected, params string[] lines)
    {
        var context = Context(Named, "E-First");
        var only = new GrantLimit { Operations = System.Collections.Frozen.FrozenSet.Create(StringComparer.Ordinal, "Read") };
        context.Features.GetRequiredFeature<Callout>().Snapshot = new CatalogSnapshot(1, [External], [], [Declared.PermissionSet(["local"], "E-First") with { Only = only }], [], []);
        context.Request.Headers["X-Amz-Target"] = lines;

        Assert.Equal(expected, await AskAsync(context));
    }

    [Theory]
    [InlineData("eu-west-1", "execute-api", "went on as First")]
    [InlineData("eu-west-2", "execute-api", "access_denied")]
    [InlineData("eu-west-1", "dynamodb", "access_denied")]
    [InlineData("EU-WEST-1", "execute-api", "access_denied")]
    public async Task Invoke_WhenTheCallerSignedForAnotherScope_IsForbidden(string region, string service, string expected)
    {
        var signature = new LocalSignature(new CredentialScope(region, service));

        Assert.Equal(expected, await AskAsync(Named, signature, "E-First"));
        Assert.Equal("access_denied", await AskAsync(Named, signature));
        Assert.Equal(expected == "access_denied" ? expected : "callouts_disabled", await AskAsync(Named with { EnabledForCallouts = false }, signature, "E-First"));
    }

    [Theory]
    [InlineData("eu-west-1,us-*", "eu-west-1", "went on as First")]
    [InlineData("eu-west-1,us-*", "us-east-2", "went on as First")]
    [InlineData("eu-west-1,us-*", "eu-west-2", "access_denied")]
    [InlineData("eu-west-1,us-*", "eu-west-1,us-*", "access_denied")]
    [InlineData("eu-west-1,us-*", "US-EAST-2", "access_denied")]
    [InlineData("*", "anywhere", "went on as First")]
    public async Task Invoke_WhenTheNamedCredentialIsForARegionSet_TakesALocalSignatureForOneOfIt(string set, string signed, string expected)
    {
        var named = With(External with { Scope = CredentialScope.Across(set, "execute-api") });

        Assert.Equal(expected, await AskAsync(named, new LocalSignature(new CredentialScope(signed, "execute-api")), "E-First"));
        Assert.Equal("access_denied", await AskAsync(named, new LocalSignature(new CredentialScope(signed, "dynamodb")), "E-First"));
    }

    [Theory]
    [InlineData(nameof(RefusalReason.OtherScope), "eu-west-2", "N", "E-First")]
    [InlineData(nameof(RefusalReason.NoGrant), "eu-west-2", "N")]
    [InlineData(nameof(RefusalReason.NoGrant), "eu-west-1", "N")]
    [InlineData(nameof(RefusalReason.UnknownName), "eu-west-1", "Absent", "E-First")]
    [InlineData(nameof(RefusalReason.UnknownName), "none", "Absent", "E-First")]
    public async Task Invoke_WhenForbidden_TellsTheOperatorWhy(string expected, string region, string name, params string[] granted)
    {
        var context = Context(name == "N" ? Named : null, granted);
        context.Features.Set(new LocalSignature(new CredentialScope(region, region == "none" ? "none" : "execute-api")));

        Assert.Equal("access_denied", await AskAsync(context));
        Assert.Equal(expected, context.Features.Get<Refusal>()!.Reason.ToString());
    }

    private static Principal NotConfigured => External.Principals[0] with { Keys = null, Missing = ["accessKey"] };

    private static NamedCredential With(ExternalCredential external) => Named with { ExternalCredential = external };

    /// <summary>Asks for a named credential as a caller who was granted these principals.</summary>
    /// <returns>As whom the request went on, or the refusal's code.</returns>
    private static Task<string> AskAsync(NamedCredential? named, params string[] granted) => AskAsync(named, signature: null, granted);

    private static Task<string> AskAsync(NamedCredential? named, LocalSignature? signature, params string[] granted)
    {
        var context = Context(named, granted);
        context.Features.Set(signature);
        return AskAsync(context);
    }

    private static DefaultHttpContext Context(NamedCredential? named, params string[] granted)
    {
        var context = new DefaultHttpContext();
        context.Features.Set(Caller.Local);
        context.Features.Set(new Callout
        {
            Name = "N",
            Address = CalloutAddress.Path,
            Path = "/",
            Query = "",
            NamedCredential = named ?? NamedCredential.Nothing,
            Snapshot = new CatalogSnapshot(1, [named?.ExternalCredential ?? External], [], [Declared.PermissionSet(["local"], granted)], [], []),
        });
        return context;
    }

    private static async Task<string> AskAsync(DefaultHttpContext context)
    {
        string? went = null;
        await new AccessMiddleware(
            c =>
            {
                went = $"went on as {c.Features.Get<AccessDecision>()?.Principal.Name}";
                return Task.CompletedTask;
            },
            NullLogger<AccessMiddleware>.Instance).InvokeAsync(context);
        var refused = context.Features.Get<Refusal>()?.Kind.Code;
        Assert.True(went is null != refused is null);
        return went ?? refused!;
    }
}
