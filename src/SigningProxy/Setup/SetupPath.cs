using SigningProxy.Callouts;
using SigningProxy.Listeners;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup;

/// <summary>The way of every request to Setup.</summary>
internal static class SetupPath
{
    /// <summary>Lays it, unless Setup is off: then nothing of it is made or loaded.</summary>
    public static void UseSetup(this WebApplication app)
    {
        if (app.Services.GetService<SetupListener>() is not null)
            app.MapWhen(Serves, Lay);
    }

    private static bool Serves(HttpContext context) => context.Features.Get<Listener>() is { Purpose: ListenerPurpose.Setup };

    private static void Lay(IApplicationBuilder app)
    {
        app.UseMiddleware<SetupGate>();                 // 1. no page of another site, and no name that is not Setup's own
        app.UseMiddleware<PageAssets>();                // 2. what pages look like, which tells nothing
        app.UseMiddleware<SignInEndpoints>();           // 3. who has yet to sign in
        app.UseMiddleware<SignInMiddleware>();          // 4. the administrator
        app.UseMiddleware<OwnSessionEndpoints>();       // 5. what a browser that is signed in knows of that, and signing out
        app.UseMiddleware<ApiMiddleware>();             // 6. the API
        app.UseMiddleware<PageMiddleware>();            // 7. the pages
        app.Run(context => new Refusal(RefusalKind.NotFound, $"There is {ApiMiddleware.Root} and {SignInEndpoints.Root}.").WriteAsync(context));
    }
}
