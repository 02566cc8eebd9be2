using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>Finds what a request to the API asks for, and asks for the permission before anything is looked up.</summary>
internal sealed class ApiMiddleware(RequestDelegate next)
{
    /// <summary>What every path of the API begins with.</summary>
    public const string Root = "/api/v1";

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        if (path != Root && !path.StartsWith($"{Root}/", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }
        try
        {
            await HandleAsync(context, PathPattern.SegmentsOf(path[Root.Length..]));
        }
        catch (ProblemException problem) when (!context.Response.HasStarted)
        {
            await ApiAnswer.WriteAsync(context, problem);
        }
        catch (RevisionConflictException conflict) when (!context.Response.HasStarted)
        {
            await ApiAnswer.WriteAsync(context, new ProblemException(ProblemKind.Conflict, $"{conflict.Message}: it is changed again and again. Look at it anew."));
        }
        catch (StoreException lost) when (!context.Response.HasStarted)
        {
            await ApiAnswer.WriteAsync(context, new ProblemException(ProblemKind.StoreUnavailable, lost.Message));
        }
    }

    private static Task HandleAsync(HttpContext context, IReadOnlyList<string> path)
    {
        var fitting = Routes.All.Where(r => r.Fits(path, out _)).ToList();
        if (fitting.Count == 0)
            throw new ProblemException(ProblemKind.NotFound, $"The API has no such path. GET {Root}/openapi.json tells of all there are.");
        if (fitting.Find(r => r.Method == context.Request.Method) is not { } route)
        {
            var methods = string.Join(", ", fitting.Select(r => r.Method).Distinct());
            throw new ProblemException(ProblemKind.MethodNotAllowed, $"This path takes {methods}.") { Allow = methods };
        }
        if (!context.Features.GetRequiredFeature<Administrator>().May(route.Permission))
            throw new ProblemException(ProblemKind.NotPermitted, $"This needs the permission {route.Permission}.");
        route.Fits(path, out var taken);
        return route.Handler(new ApiRequest(context, taken));
    }
}
