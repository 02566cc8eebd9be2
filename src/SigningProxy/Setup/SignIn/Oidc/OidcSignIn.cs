using System.Buffers.Text;
using System.Text.Json;
using SigningProxy.Callouts;
using SigningProxy.Forwarding;

namespace SigningProxy.Setup.SignIn.Oidc;

/// <summary>Signs a browser in by OpenID Connect: the code flow with PKCE, and no other.</summary>
internal sealed class OidcSignIn(OidcProvider provider, AdministratorList administrators, ProtectionKeys keys, SignInAnswer answer, TimeProvider time)
{
    private const string Way = "oidc";

    public bool IsOn => provider.IsOn;

    /// <summary>Sends the browser to the issuer.</summary>
    public async Task BeginAsync(HttpContext context)
    {
        if (!IsOn)
        {
            await new Refusal(RefusalKind.NotFound, $"Nobody signs in by OIDC here: {OidcOptions.Section} names no issuer.").WriteAsync(context);
            return;
        }
        if (answer.TooMany(context, Way) is { } refusal)
        {
            await refusal.WriteAsync(context);
            return;
        }
        try
        {
            var attempt = OidcAttempt.Begin(SetupGate.OriginOf(context.Request) + SignInEndpoints.OidcEnd, time.GetUtcNow());
            var address = await provider.AddressAsync(attempt, context.RequestAborted);
            var text = Base64Url.EncodeToString(keys.Protect(JsonSerializer.SerializeToUtf8Bytes(attempt, OidcAttemptJson.Default.OidcAttempt), Way));
            context.Response.Cookies.Append(SetupCookies.Oidc, text, Attributes());
            context.Response.Redirect(address);
        }
        catch (OidcException e)
        {
            await answer.Unproved(context, Way, e.Message).WriteAsync(context);
        }
    }

    /// <summary>Judges what the browser brings back from the issuer.</summary>
    public async Task EndAsync(HttpContext context)
    {
        try
        {
            var attempt = Take(context);
            var query = context.Request.Query;
            if (query["error"].Count > 0)
                throw new OidcException("the issuer refused");
            if (query["code"] is not [{ Length: > 0 } code])
                throw new OidcException("there is no code");
            var claims = await provider.ClaimsAsync(attempt, code, query["iss"].FirstOrDefault(), context.RequestAborted);
            if (administrators.ByProof(claims) is not { } known)
                throw new OidcException("no administrator, or several, have a claim of the token");
            answer.Accept(context, known, Way);
        }
        catch (OidcException e)
        {
            await answer.UnprovedAttempt(context, Way, e.Message).WriteAsync(context);
            return;
        }
        await SignInPages.ContinueAsync(context);
    }

    /// <summary>What this browser began. It is over with that, whatever comes of it.</summary>
    private OidcAttempt Take(HttpContext context)
    {
        var text = context.Request.Cookies[SetupCookies.Oidc];
        // A refusal clears what has been set so far.
        context.Response.OnStarting(() =>
        {
            context.Response.Cookies.Delete(SetupCookies.Oidc, Attributes());
            return Task.CompletedTask;
        });
        if (text is not { Length: > 0 and <= SetupCookies.LongestValue } || !Base64Url.IsValid(text)
            || keys.Unprotect(Base64Url.DecodeFromChars(text), Way) is not { } open
            || JsonSerializer.Deserialize(open, OidcAttemptJson.Default.OidcAttempt) is not { } attempt
            || attempt.Ends <= time.GetUtcNow())
        {
            throw new OidcException("this browser began no sign-in, or too long ago");
        }
        return context.Request.Query["state"] is [{ } state] && attempt.HasState(state) ? attempt : throw new OidcException("the state is not that of this browser");
    }

    // The way back from the issuer begins on its site: a stricter cookie would not come along.
    private static CookieOptions Attributes() => new() { Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = OidcAttempt.Life };
}
