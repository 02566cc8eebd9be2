using System.Buffers.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SigningProxy.Forwarding;
using SigningProxy.Store;

namespace SigningProxy.Setup.SignIn;

/// <summary>The sessions of browsers. Each lives in its cookie; the store keeps only which have been signed out of.</summary>
internal sealed class SetupSessions(ProtectionKeys keys, SetupStore store, IOptions<SetupOptions> options, TimeProvider time)
{
    private const string Purpose = "session";

    // Seldom enough that not every answer brings a cookie.
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(1);

    /// <summary>Signs a browser in. Whatever it came with is no part of the new session.</summary>
    /// <exception cref="StoreException">There is no key to protect the cookie with, or the session before cannot be ended.</exception>
    public SetupSession Begin(HttpContext context, KnownAdministrator administrator)
    {
        if (Of(context.Request) is { } earlier)
            End(earlier);
        var now = time.GetUtcNow();
        var session = new SetupSession(administrator.Administrator.Name, administrator.Stamp, NewToken.Make(), now, now);
        Write(context, session);
        return session;
    }

    /// <summary>The session of a request, or null: it has none, or one that is over.</summary>
    /// <exception cref="StoreException">The database cannot be read: nobody can say whether it was signed out of.</exception>
    public SetupSession? Of(HttpRequest request)
    {
        if (request.Cookies[SetupCookies.Session] is not { Length: > 0 and <= SetupCookies.LongestValue } text || !Base64Url.IsValid(text))
            return null;
        var now = time.GetUtcNow();
        return keys.Unprotect(Base64Url.DecodeFromChars(text), Purpose) is { } open
            && JsonSerializer.Deserialize(open, SetupSessionJson.Default.SetupSession) is { } session
            && now - session.Used < options.Value.IdleTimeout && now - session.Began < options.Value.AbsoluteTimeout && !store.HasEnded(session.Digest)
                ? session
                : null;
    }

    /// <summary>Puts off the end of a session that is in use.</summary>
    public void Renew(HttpContext context, SetupSession session)
    {
        var now = time.GetUtcNow();
        if (now - session.Used >= Renewal)
            Write(context, session with { Used = now });
    }

    /// <summary>Signs a browser out: also a copy of its cookie is worth nothing any more, to any process on the same store.</summary>
    /// <exception cref="StoreException">It cannot be kept, and so is not done.</exception>
    public void End(HttpContext context, SetupSession session)
    {
        End(session);
        context.Response.Cookies.Delete(SetupCookies.Session, Attributes());
    }

    private void End(SetupSession session) => store.EndSession(session.Digest, session.Began + options.Value.AbsoluteTimeout, time.GetUtcNow());

    private void Write(HttpContext context, SetupSession session) => context.Response.Cookies.Append(
        SetupCookies.Session, Base64Url.EncodeToString(keys.Protect(JsonSerializer.SerializeToUtf8Bytes(session, SetupSessionJson.Default.SetupSession), Purpose)), Attributes());

    private static CookieOptions Attributes() => new() { Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteMode.Strict };
}
