using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Callouts;

namespace SigningProxy.Callers;

/// <summary>
/// Says who calls, by the proofs that the listener accepts. A proof that is offered and proves nothing ends the request, as do two that
/// prove different callers: neither falls back to a weaker one. Reaching the listener counts only where no other proof is offered.
/// </summary>
internal sealed class CallerMiddleware(RequestDelegate next, IEnumerable<ICallerAuthenticator> authenticators, ILogger<CallerMiddleware> logger)
{
    private readonly ICallerAuthenticator[] _authenticators = [.. authenticators];

    public Task InvokeAsync(HttpContext context)
    {
        // No connection brings a request of Setup's listener here: it is a test call, which comes with its caller.
        if (context.Features.Get<Listener>() is { Purpose: ListenerPurpose.Setup } && context.Features.Get<Caller>() is not null)
            return next(context);
        var accepted = context.Features.Get<Listener>()?.Proofs ?? AcceptedProofs.None;
        if (accepted != AcceptedProofs.Loopback)
            return ProveAsync(context, accepted);
        context.Features.Set(Caller.Local);
        return next(context);
    }

    private async Task ProveAsync(HttpContext context, AcceptedProofs accepted)
    {
        var callers = ProofTable.Of(context.Features.GetRequiredFeature<Callout>().Snapshot);
        Caller? proved = null;
        Caller? byTheWay = null;
        (RefusalReason Reason, string Told)? fault = null;
        Refusal? answer = null;
        foreach (var authenticator in _authenticators)
        {
            if (!accepted.HasFlag(authenticator.Kind))
                continue;
            // Every one is asked, also after a fault: each takes its own proof off the request.
            var outcome = await authenticator.JudgeAsync(context, callers);
            if (fault is null && outcome.Fault is { } told)
            {
                fault = (outcome.IsAmbiguous ? RefusalReason.AmbiguousProofs : RefusalReason.InvalidProof, $"{authenticator.Kind}: {told}");
                answer = outcome.Answer;
            }
            if (outcome.IsByTheWay)
                byTheWay = outcome.Caller;
            else if (outcome.Caller is { } caller && proved is not null && caller.Name != proved.Name)
                fault ??= (RefusalReason.AmbiguousProofs, $"{proved.Proof} proves {proved.Name}, and {caller.Proof} proves {caller.Name}");
            else
                proved ??= outcome.Caller;
        }
        proved ??= byTheWay;
        if (fault is null && proved is null && accepted.HasFlag(AcceptedProofs.Loopback))
            proved = Caller.Local;
        if (fault is not null || proved is null)
        {
            var (reason, told) = fault ?? (RefusalReason.NoProof, $"no proof was offered, and the listener accepts {accepted}");
            Log.Unproved(logger, told);
            await (answer ?? Unproved(reason)).WriteAsync(context);
            return;
        }
        context.Features.Set(proved);
        await next(context);
    }

    /// <summary>The same whatever was wrong, and before any look-up: it tells nothing but that there is no proof.</summary>
    private static Refusal Unproved(RefusalReason reason) => new(
        RefusalKind.CallerUnproved, "The request carries no proof of its caller that this listener accepts, or one that is not valid. The operator's log says which.")
    { Reason = reason };
}
