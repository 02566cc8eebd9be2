using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SigningProxy.Callers;
using SigningProxy.Callers.Jwt;
using SigningProxy.Callers.Proofs;
using SigningProxy.Catalog;

namespace SigningProxy.Tests.Callers;

public sealed class JwtAuthenticatorTests : IDisposable
{
    private readonly JwtAuthenticator _authenticator = new(Options.Create(new JwtOptions()), new WebProxy());

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("....")]
    [InlineData("e30.e30.e30.e30.e30")]
    [InlineData("e30.e3\u00140.e30.e30.e30")]
    [InlineData("eyJhbGciOiJub25lIn0.bnVsbA.")]
    [InlineData("eyJhbGciOjd9.W10.AA")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOlt7fV19.AA")]
    public async Task Judge_WhenTheTextCannotBeRead_IsInvalidAndTakenOff(string token)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = $"Bearer {token}";

        var outcome = await _authenticator.JudgeAsync(context, ProofTable.Of(CatalogSnapshot.Empty));

        Assert.NotNull(outcome.Fault);
        Assert.Null(outcome.Caller);
        Assert.Empty(context.Request.Headers);
    }

    public void Dispose() => _authenticator.Dispose();
}
