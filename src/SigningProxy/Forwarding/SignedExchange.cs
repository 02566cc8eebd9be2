using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Options;
using SigningProxy.Bodies;
using SigningProxy.Destinations;
using SigningProxy.Sessions;
using SigningProxy.SigV4;
using SigningProxy.Telemetry;

namespace SigningProxy.Forwarding;

/// <summary>
/// Puts the signature on, as the last thing before the wire, and sends. Whatever fails here fails the call, and nothing reaches the
/// destination. Where the destination refuses the session, it is refreshed, and the request signed anew and sent once more.
/// </summary>
internal sealed class SignedExchange(DestinationClocks clocks, IOptions<SessionsOptions> options, ILogger<SignedExchange> logger)
{
    private readonly AnswerInspection _inspection = options.Value.AnswerInspection;

    /// <exception cref="SigningException">There is nothing to sign with.</exception>
    /// <exception cref="SessionUnavailableException">The session has ended, and no other is to be had.</exception>
    public async ValueTask<IAnswer> SendAsync(SigningIntent intent, IWire wire, CancellationToken cancellation)
    {
        if (intent.Signature == IntendedSignature.CallersOwn)
            return await wire.SendAsync(intent.Request, cancellation);
        var session = intent.Session ?? throw new SigningException("The request carries no session.");
        var credentials = await session.GetAsync(cancellation);
        OutboundSignature.Set(intent, credentials, clocks.Now(intent.Destination));
        var answer = await wire.SendAsync(intent.Request, cancellation);
        if (answer.Status < 400)
            return answer;
        try
        {
            return await ReplayAsync(intent, session, credentials, wire, answer, cancellation);
        }
        catch
        {
            // Its request may still be on its way out, and the body is not to be read once this has ended.
            await answer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends once more what the destination refused for its session or its time, where that can be mended; else gives its answer as it came.</summary>
    private async Task<IAnswer> ReplayAsync(
        SigningIntent intent, Session session, SessionCredentials refused, IWire wire, IAnswer answer, CancellationToken cancellation)
    {
        var refusal = await SessionRefusal.OfAsync(intent, refused, answer, _inspection, cancellation);
        var clock = refusal.MeansClock && clocks.Correct(intent.Destination, DateOf(answer));
        if (refusal.Reason is null && !clock)
            return answer;

        var (outcome, second) = await SecondAsync(intent, session, refused, wire, refusal.Reason, cancellation);
        intent.Replay = outcome;
        Log.Replayed(logger, intent.NamedCredential.Name, answer.Status, refusal.Code, refusal.Reason, outcome);
        ProxyTelemetry.Replays.Add(1, new("named_credential", intent.NamedCredential.Name), new("outcome", ProxyTelemetry.Word(outcome)));
        if (second is null)
            return answer;
        await answer.DisposeAsync();
        return second;
    }

    private async Task<(ReplayOutcome Outcome, IAnswer? Answer)> SecondAsync(
        SigningIntent intent, Session session, SessionCredentials refused, IWire wire, RefreshReason? reason, CancellationToken cancellation)
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
        IAnswer? second = null;
        try
        {
            OutboundSignature.Set(intent, await session.GetAsync(cancellation), clocks.Now(intent.Destination));
            second = await wire.SendAsync(intent.Request, cancellation);
            var again = await SessionRefusal.OfAsync(intent, refused, second, _inspection, cancellation);
            return (again.Reason is null ? ReplayOutcome.Replayed : ReplayOutcome.RefusedAgain, second);
        }
        catch (Exception e)
        {
            if (second is not null)
                await second.DisposeAsync();
            // The first answer is better than none.
            if (e is HttpRequestException or IOException or SocketException or AuthenticationException or SessionUnavailableException or ObjectDisposedException)
                return (ReplayOutcome.Failed, null);
            throw;
        }
    }

    private static DateTimeOffset? DateOf(IAnswer answer) =>
        DateTimeOffset.TryParseExact(answer.Header("Date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    private static ReplayOutcome OutcomeOf(RefreshOutcome failed) => failed switch
    {
        RefreshOutcome.Unchanged => ReplayOutcome.SameCredentials,
        RefreshOutcome.Limited => ReplayOutcome.Limited,
        _ => ReplayOutcome.Failed,
    };
}
