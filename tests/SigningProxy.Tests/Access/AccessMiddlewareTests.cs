using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
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
    public async Task Invoke_WhenTheKindIsNotBuilt_IsRefused() =>
        Assert.Equal("not_built", await AskAsync(With(External with { AuthenticationProtocol = AuthenticationProtocol.AwsSignatureV4a }), "E-First"));

    [Fact]
    public async Task Invoke_WhenTheCallerSignsItself_NeedsAGrantAndNoKeys()
    {
        var own = With(External with { Principals = [NotConfigured] }) with { GenerateAuthorizationHeader = false };

        Assert.Equal("went on as First", await AskAsync(own, "E-First"));
        Assert.Equal("access_denied", await AskAsync(own));
    }

    private static Principal NotConfigured => External.Principals[0] with { Keys = null, Missing = ["accessKey"] };

    private static NamedCredential With(ExternalCredential external) => Named with { ExternalCredential = external };

    /// <summary>Asks for a named credential as a caller who was granted these principals.</summary>
    /// <returns>As whom the request went on, or the refusal's code.</returns>
    private static async Task<string> AskAsync(NamedCredential? named, params string[] granted)
    {
        var context = new DefaultHttpContext();
        context.Features.Set(Caller.Local);
        context.Features.Set(new Callout
        {
            Name = "N",
            Address = CalloutAddress.Path,
            Path = "/",
            Query = "",
            NamedCredential = named,
            Snapshot = new CatalogSnapshot(1, [named?.ExternalCredential ?? External], [], [Declared.PermissionSet(["local"], granted)], [], []),
        });
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
