using SigningProxy.Callouts;
using SigningProxy.Setup.Pages;

namespace SigningProxy.Setup.SignIn;

/// <summary>The pages of signing in. They need no script.</summary>
internal static class SignInPages
{
    /// <summary>Before the path that was asked for, on the way to signing in.</summary>
    public const string To = "to";

    /// <summary>Asks for a token, or leads to the issuer.</summary>
    public static Task AskAsync(HttpContext context, bool oidc, string? to, Refusal? refusal = null)
    {
        if (refusal?.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = $"{Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds))}";
        var view = new SignInView(new PageFrame("Sign in"), oidc, PageAnswer.Within(to)) { Problem = Problem(refusal) };
        return PageAnswer.WriteAsync(context, refusal?.Kind.Status ?? StatusCodes.Status200OK, Slices.SignIn(view));
    }

    /// <summary>Asks whether the first administrator is to be made: a preview of the link uses nothing up.</summary>
    public static Task AskFirstAsync(HttpContext context, string token, string name = "", Refusal? refusal = null) => PageAnswer.WriteAsync(
        context, refusal?.Kind.Status ?? StatusCodes.Status200OK,
        Slices.First(new FirstView(new PageFrame("The first administrator"), token, name) { Problem = refusal?.Detail }));

    /// <summary>Shows the token that was made, once.</summary>
    public static Task WelcomeAsync(HttpContext context, string name, string token) =>
        PageAnswer.WriteAsync(context, StatusCodes.Status200OK, Slices.Welcome(new FirstView(new PageFrame($"Welcome, {name}"), token, name)));

    /// <summary>Goes on to Setup by a step of its own: after a redirect from another site, the browser would keep the cookie back.</summary>
    public static Task ContinueAsync(HttpContext context, string to = "/") =>
        PageAnswer.WriteAsync(context, StatusCodes.Status200OK, Slices.Continue(new PageFrame("Setup") { GoesOnTo = to }));

    // Whoever reads it has a form before them, and no header to send.
    private static string? Problem(Refusal? refusal) => refusal switch
    {
        null => null,
        { Kind: var kind } when kind == RefusalKind.AdministratorUnproved => "This token is no administrator's.",
        _ => $"{refusal.Kind.Title}. {refusal.Detail}",
    };
}

/// <summary>Asks who comes.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Oidc">Whether there is an issuer to sign in by.</param>
/// <param name="To">Where to go after.</param>
internal sealed record SignInView(PageFrame Frame, bool Oidc, string To)
{
    /// <summary>Why it did not work, or null.</summary>
    public string? Problem { get; init; }
}

/// <summary>The first administrator.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Token">That of the link, or of the administrator that was made.</param>
/// <param name="Name">The administrator's.</param>
internal sealed record FirstView(PageFrame Frame, string Token, string Name)
{
    /// <summary>Why it did not work, or null.</summary>
    public string? Problem { get; init; }
}
