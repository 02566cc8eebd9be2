using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Bodies;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.SigV4;

namespace SigningProxy.Forwarding;

/// <summary>Brings the body into a form that can be signed. Runs once access is granted: no byte is read for anybody else.</summary>
internal sealed class BodyMiddleware(RequestDelegate next, BodyHolder holder)
{
    public Task InvokeAsync(HttpContext context)
    {
        var named = context.Features.GetRequiredFeature<Callout>().NamedCredential;
        var generated = named.GenerateAuthorizationHeader;
        if (!generated && context.Features.Get<LocalSignature>() is null)
            return next(context);
        // Without a signature of ours, what came unsigned goes on as it came.
        var overTls = !generated || (named.Url.Scheme == Uri.UriSchemeHttps && context.Features.GetRequiredFeature<MatchedRoute>().Origin == RouteOrigin.Catalog);
        if (BodyPlan.TryMake(context.Request, overTls, out var plan) is { } refusal)
            return refusal.WriteAsync(context);
        // Nobody behind us holds the body against the hash that the caller's local signature covers.
        if (!generated && plan.Given is { } signed && signed != PayloadHash.Unsigned && plan.Treatment == BodyTreatment.Stream)
            plan = plan with { Treatment = BodyTreatment.Hold };
        if (plan.Treatment == BodyTreatment.Hold)
            return HoldAsync(context, plan);
        context.Features.Set(new OutboundBody(plan.Given ?? PayloadHash.Empty, plan.Treatment));
        return next(context);
    }

    private async Task HoldAsync(HttpContext context, BodyPlan plan)
    {
        var (body, fault) = await holder.HoldAsync(context);
        await using var held = body?.Buffer;
        if (fault is null && plan.Given is { } given && given != body!.Hash)
            fault = new Refusal(RefusalKind.ContentSha256Mismatch, "The body's SHA-256 is not the one in X-Amz-Content-Sha256.");
        if (fault is not null)
        {
            await fault.WriteAsync(context);
            return;
        }
        context.Features.Set(new OutboundBody(body!.Hash, plan.Treatment, held));
        await next(context);
    }
}
