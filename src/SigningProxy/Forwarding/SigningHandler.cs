using Microsoft.Extensions.Options;
using SigningProxy.Bodies;
using SigningProxy.Sessions;
using SigningProxy.SigV4;
using SigningProxy.Telemetry;

namespace SigningProxy.Forwarding;

/// <summary>
/// Puts the signature on, as the last thing before the wire: only here are address, host and headers what is sent. Whatever fails here
/// fails the call, and nothing reaches the destination. Where the destination refuses the session, it is refreshed, and the request signed
/// anew and sent once more.
/// </summary>
internal sealed class SigningHandler(HttpMessageHandler inner, DestinationClocks clocks, IOptions<SessionsOptions> options, ILogger<SigningHandler> logger)
    : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (HealthProbe.Is(request))
            return base.SendAsync(request, cancellationToken);
        var intent = SigningIntent.Of(request) ?? throw new SigningException("The request carries no signing intent.");
        if (!ReferenceEquals(request.RequestUri, intent.Address))
            throw new SigningException("The address was rewritten after it was settled.");
        return intent.Signature == IntendedSignature.Generated
            ? SendSignedAsync(request, intent, cancellationToken)
            : base.SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendSignedAsync(HttpRequestMessage request, SigningIntent intent, CancellationToken cancellation)
    {
        var session = intent.Session ?? throw new SigningException("The request carries no session.");
        var credentials = await session.GetAsync(cancellation);
        OutboundSignature.Set(request, intent, credentials, clocks.Now(intent.Address), intent.Trace);
        var answer = await base.SendAsync(request, cancellation);
        return (int)answer.StatusCode < 400 ? answer : await ReplayAsync(request, intent, session, credentials, answer, cancellation);
    }

    /// <summary>Sends once more what the destination refused for its session or its time, where that can be mended; else gives its answer as it came.</summary>
    private async Task<HttpResponseMessage> ReplayAsync(
        HttpRequestMessage request, SigningIntent intent, Session session, SessionCredentials refused, HttpResponseMessage answer, CancellationToken cancellation)
    {
        var refusal = await SessionRefusal.OfAsync(request, intent, refused, answer, options.Value.AnswerInspection, cancellation);
        var clock = refusal.MeansClock && clocks.Correct(intent.Address, answer.Headers.Date);
        if (refusal.Reason is null && !clock)
            return answer;

        var (outcome, second) = await SecondAsync(request, intent, session, refused, refusal.Reason, cancellation);
        intent.Replay = outcome;
        Log.Replayed(logger, intent.NamedCredential.Name, (int)answer.StatusCode, refusal.Code, refusal.Reason, outcome);
        ProxyTelemetry.Replays.Add(1, new("named_credential", intent.NamedCredential.Name), new("outcome", ProxyTelemetry.Word(outcome)));
        if (second is null)
            return answer;
        answer.Dispose();
        return second;
    }

    private async Task<(ReplayOutcome Outcome, HttpResponseMessage? Answer)> SecondAsync(
        HttpRequestMessage request, SigningIntent intent, Session session, SessionCredentials refused, RefreshReason? reason, CancellationToken cancellation)
    {
        var replayable = intent.Body is null or { Treatment: not BodyTreatment.Stream };
        if (reason is { } forced)
        {
            var refresh = session.ForceAsync(forced, refused, cancellation);
            // Nobody waits for it here: the next call has use for it.
            if (!replayable)
                return (ReplayOutcome.StreamedBody, null);
            if (await refresh is not RefreshOutcome.Replaced and var failed)
                return (OutcomeOf(failed), null);
        }
        if (!replayable)
            return (ReplayOutcome.StreamedBody, null);
        try
        {
            Rewind(request, intent);
            OutboundSignature.Set(request, intent, await session.GetAsync(cancellation), clocks.Now(intent.Address), intent.Trace);
            var second = await base.SendAsync(request, cancellation);
            var again = await SessionRefusal.OfAsync(request, intent, refused, second, options.Value.AnswerInspection, cancellation);
            return (again.Reason is null ? ReplayOutcome.Replayed : ReplayOutcome.RefusedAgain, second);
        }
        catch (Exception e) when (e is HttpRequestException or SessionUnavailableException or ObjectDisposedException)
        {
            // The first answer is better than none.
            return (ReplayOutcome.Failed, null);
        }
    }

    private static ReplayOutcome OutcomeOf(RefreshOutcome failed) => failed switch
    {
        RefreshOutcome.Unchanged => ReplayOutcome.SameCredentials,
        RefreshOutcome.Limited => ReplayOutcome.Limited,
        _ => ReplayOutcome.Failed,
    };

    /// <summary>YARP's own content can be sent once; what is held here can be sent again.</summary>
    private static void Rewind(HttpRequestMessage request, SigningIntent intent)
    {
        if (intent.Body?.Held is not { } held || request.Content is not { } spent)
            return;
        var again = held.OpenAgain();
        foreach (var (name, values) in spent.Headers.NonValidated)
            again.Headers.TryAddWithoutValidation(name, values);
        request.Content = again;
    }
}
