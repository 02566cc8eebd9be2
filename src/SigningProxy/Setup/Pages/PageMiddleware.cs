using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Pages;

/// <summary>Finds the page that is asked for, and asks for the permission before anything is looked up.</summary>
internal sealed class PageMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var path = PathPattern.SegmentsOf(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0]);
        var fitting = PageRoutes.All.Where(r => r.Path.Fits(path, out _)).ToList();
        if (fitting.Count == 0 && !PageAnswer.IsForPage(context.Request))
        {
            await next(context);
            return;
        }
        try
        {
            await HandleAsync(context, fitting, path);
        }
        catch (ProblemException problem) when (!context.Response.HasStarted)
        {
            if (problem.Allow is { } methods)
                context.Response.Headers.Allow = methods;
            await ProblemPage.WriteAsync(context, problem.Kind.Status, problem.Kind.Title, problem.Message);
        }
        catch (RevisionConflictException) when (!context.Response.HasStarted)
        {
            await ProblemPage.WriteAsync(context, ProblemKind.Conflict.Status, ProblemKind.Conflict.Title, "It is changed again and again. Look at it anew.");
        }
        catch (StoreException lost) when (!context.Response.HasStarted)
        {
            await ProblemPage.WriteAsync(context, ProblemKind.StoreUnavailable.Status, ProblemKind.StoreUnavailable.Title, $"For now, {lost.Message}");
        }
    }

    private static Task HandleAsync(HttpContext context, List<PageRoute> fitting, IReadOnlyList<string> path)
    {
        if (fitting.Count == 0)
            throw new ProblemException(ProblemKind.NotFound, "Setup has no such page.");
        if (fitting.Find(r => r.Method == context.Request.Method) is not { } route)
        {
            var methods = string.Join(", ", fitting.Select(r => r.Method).Distinct());
            throw new ProblemException(ProblemKind.MethodNotAllowed, $"This page takes {methods}.") { Allow = methods };
        }
        if (!context.Features.GetRequiredFeature<Administrator>().May(route.Permission))
            throw new ProblemException(ProblemKind.NotPermitted, $"This needs the permission {route.Permission}.");
        route.Path.Fits(path, out var taken);
        return route.Handler(new ApiRequest(context, taken));
    }
}
