using SigningProxy.Sessions;

namespace SigningProxy.Forwarding;

internal static partial class Log
{
    [LoggerMessage(4002, LogLevel.Error, "Route {Route} of the ReverseProxy section is refused until it is mended: {Fault}")]
    public static partial void RouteRefused(ILogger logger, string route, string fault);

    [LoggerMessage(4003, LogLevel.Warning, "A call to {NamedCredential} failed: {Error}, {Failure}")]
    public static partial void ForwardingFailed(ILogger logger, string namedCredential, string error, string failure);

    [LoggerMessage(4004, LogLevel.Warning, "A call to {NamedCredential} was refused, for its principal has no session: {Failure}")]
    public static partial void NoSession(ILogger logger, string namedCredential, string failure);

    [LoggerMessage(4005, LogLevel.Information, "{NamedCredential} refused the session of a request by {Status} {Code} (reason {Reason}): {Outcome}.")]
    public static partial void SessionRefused(ILogger logger, string namedCredential, int status, string code, RefreshReason reason, string outcome);

    [LoggerMessage(4006, LogLevel.Warning, "The clock of {Origin} is {Offset} from ours; requests to it are dated so from now on. Check this machine's clock.")]
    public static partial void ClockCorrected(ILogger logger, string origin, TimeSpan offset);

    [LoggerMessage(4007, LogLevel.Information, "{NamedCredential} refused the time of a request by {Status} {Code}: {Outcome}.")]
    public static partial void TimeRefused(ILogger logger, string namedCredential, int status, string code, string outcome);

    /// <summary>Tells what came of a refusal, in the word that the caller reads in <see cref="ReplayHeader"/>.</summary>
    public static void Replayed(ILogger logger, string namedCredential, int status, string? code, RefreshReason? reason, ReplayOutcome outcome)
    {
        var (told, word) = (code ?? "without a code", ReplayHeader.Word(outcome));
        if (reason is { } session)
            SessionRefused(logger, namedCredential, status, told, session, word);
        else
            TimeRefused(logger, namedCredential, status, told, word);
    }
}
