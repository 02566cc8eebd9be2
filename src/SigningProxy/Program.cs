using System.Diagnostics.CodeAnalysis;
using SigningProxy.Access;
using SigningProxy.Audit;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Cli;
using SigningProxy.Forwarding;
using SigningProxy.Operations;
using SigningProxy.Setup;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Live;

ProcessHardening.Apply();
return await SigningProxyCommand.InvokeAsync(SigningProxyCommand.Create(), args);

/// <summary>The way of every request, from the socket to the destination.</summary>
[SuppressMessage("Design", "CA1050", Justification = "The program's own file, read first.")]
internal static class RequestPath
{
    /// <summary>
    /// Whatever a step refuses goes no further, and nothing has left by then. One request sees one snapshot from step 4 to its end.
    /// </summary>
    public static void Lay(WebApplication app)
    {
        app.UseMiddleware<FailureMiddleware>();         //  1. what fails unexpectedly still gets an answer of the one shape
        app.UseSetup();                                 //    (the listener of Setup ends here, with a path of its own, where Setup is on)
        app.UseMiddleware<HostCheckMiddleware>();       //  2. host check: no browser comes further
        app.MapWhen(OperationsEndpoints.Serves, OperationsSetup.Serve); //    (the operations listener ends here)
        TestCallWay.Begin(app);                         //    (a test call of Setup's begins here)
        app.UseCallWatch();                             //    (Setup's home page sees calls, where Setup is served)
        app.UseMiddleware<MeasureMiddleware>();
        app.UseAccessLog();
        app.UseMiddleware<CalloutMiddleware>();         //  3. the name, read once from the raw target
        app.UseRoutes();                                //  4. the snapshot: that of the route the name chose
        app.UseMiddleware<CallerMiddleware>();          //  5. the caller
        app.UseMiddleware<AccessMiddleware>();          //  6. access: a granted principal, or one answer for all refusals
        app.UseLimits();
        app.UseForwarding();                            //  7. the session  8. the body  9. what goes out: the signing intent
                                                        // 10. SignedExchange: the signature  11. the destination; and back to 10,
                                                        //     once, where it refuses the session
    }
}
