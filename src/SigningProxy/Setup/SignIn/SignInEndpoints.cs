using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Operations;
using SigningProxy.Setup.Pages;
using SigningProxy.Setup.SignIn.Oidc;

namespace SigningProxy.Setup.SignIn;

/// <summary>The ways to sign in a browser, for whoever has not yet.</summary>
internal sealed class SignInEndpoints(RequestDelegate next, AdministratorList administrators, SignInLink link, SignInAnswer answer, OidcSignIn oidc)
{
    public const string Root = "/sign-in";
    public const string Token = $"{Root}/token";
    public const string Link = $"{Root}/link";
    public const string OidcBegin = $"{Root}/oidc";
    public const string OidcEnd = $"{Root}/oidc/callback";
    public const string Csrf = $"{Root}/csrf";
    public const string Out = $"{Root}/out";

    public Task InvokeAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("GET", Root) when PageAnswer.IsForPage(context.Request) => SignInPages.AskAsync(context, oidc.IsOn, context.Request.Query[SignInPages.To]),
        ("GET", Root) => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteBoolean("token", true);
            json.WriteBoolean("oidc", oidc.IsOn);
        }),
        ("POST", Token) => ByTokenAsync(context),
        ("GET", Link) => SignInPages.AskFirstAsync(context, context.Request.Query["token"].ToString()),
        ("POST", Link) => ByLinkAsync(context),
        ("GET", OidcBegin) => oidc.BeginAsync(context),
        ("GET", OidcEnd) => oidc.EndAsync(context),
        (_, Root or OidcBegin or OidcEnd) => NotAllowedAsync(context, "GET"),
        (_, Token) => NotAllowedAsync(context, "POST"),
        (_, Link) => NotAllowedAsync(context, "GET, POST"),
        _ => next(context),
    };

    private async Task ByTokenAsync(HttpContext context)
    {
        var to = "/";
        if (await JudgeAsync() is { } refusal)
            await (PageAnswer.IsForPage(context.Request) ? SignInPages.AskAsync(context, oidc.IsOn, to, refusal) : refusal.WriteAsync(context));

        async Task<Refusal?> JudgeAsync()
        {
            if (answer.TooMany(context, "token") is { } tooMany)
                return tooMany;
            if (await SignInInput.ReadAsync(context) is not { Token: { Length: > 0 } token } input)
                return Malformed("token");
            to = PageAnswer.Within(input.To);
            if (administrators.ByToken(token) is not { } known)
                return answer.Unproved(context, "token", "it is nobody's");
            await GoOnAsync(context, known.Administrator, answer.Accept(context, known, "token"), to);
            return null;
        }
    }

    private async Task ByLinkAsync(HttpContext context)
    {
        var input = new SignInInput();
        if (await JudgeAsync() is { } refusal)
            await (PageAnswer.IsForPage(context.Request) ? SignInPages.AskFirstAsync(context, input.Token ?? "", input.Name ?? "", refusal) : refusal.WriteAsync(context));

        async Task<Refusal?> JudgeAsync()
        {
            if (answer.TooMany(context, "link") is { } tooMany)
                return tooMany;
            input = await SignInInput.ReadAsync(context) ?? input;
            if (input is not { Token: { Length: > 0 } token, Name: { } name })
                return Malformed("token and name");
            if (!DeveloperName.IsValid(name))
                return AdministratorFault.OfName.Refuse();
            if (link.Use(token, name) is not { } made)
                return Void(context);
            await WelcomeAsync(context, made.Administrator, made.Token, answer.Accept(context, made.Administrator, "link"));
            return null;
        }
    }

    private Refusal Void(HttpContext context)
    {
        answer.Unproved(context, "link", "it is void, or another");
        return new Refusal(RefusalKind.LinkVoid, "It was used, is older than 10 minutes, or there is an administrator already. Where nobody can sign in yet, a restart of the proxy writes another.");
    }

    private static Task WelcomeAsync(HttpContext context, KnownAdministrator made, string token, SetupSession session) => context.Request.HasFormContentType
        ? SignInPages.WelcomeAsync(context, made.Administrator.Name, token)
        : JsonAnswer.WriteAsync(context, StatusCodes.Status201Created, json =>
        {
            SignInAnswer.WriteMembers(json, made.Administrator, session);
            json.WriteString("token", token);
        });

    private static Task GoOnAsync(HttpContext context, Administrator administrator, SetupSession session, string to) =>
        context.Request.HasFormContentType ? PageAnswer.SeeOther(context, to) : SignInAnswer.TellAsync(context, administrator, session);

    private static Refusal Malformed(string members) => new(RefusalKind.Malformed, $"Send {members} as application/json or as a form.");

    private static Task NotAllowedAsync(HttpContext context, string allow) =>
        new Refusal(RefusalKind.MethodNotAllowed, $"There is {allow} here.") { Allow = allow }.WriteAsync(context);
}
