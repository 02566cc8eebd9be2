using SigningProxy.Sessions;

namespace SigningProxy.Forwarding;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Error, "A body could not be written to the spool folder {Folder} ({Failure}).")]
    public static partial void SpoolFailed(ILogger logger, string folder, string failure);

    [LoggerMessage(4002, LogLevel.Error, "Route {Route} of the ReverseProxy section is refused until it is mended: {Fault}")]
    public static partial void RouteRefused(ILogger logger, string route, string fault);

    [LoggerMessage(4003, LogLevel.Warning, "A call to {NamedCredential} failed: {Error}, {Failure}")]
    public static partial void ForwardingFailed(ILogger logger, string namedCredential, string error, string failure);

    [LoggerMessage(4004, LogLevel.Warning, "A call to {NamedCredential} was refused, for its principal has no session: {Failure}")]
    public static partial void NoSession(ILogger logger, string namedCredential, string failure);

    [LoggerMessage(4005, LogLevel.Information, "{NamedCredential} answered {Status} {Code}, which asks for other credentials ({Reason}): {Outcome}.")]
    public static partial void Replayed(ILogger logger, string namedCredential, int status, string? code, RefreshReason? reason, ReplayOutcome outcome);

    [LoggerMessage(4006, LogLevel.Warning, "The clock of {Origin} is {Offset} from ours; requests to it are dated so from now on. Check this machine's clock.")]
    public static partial void ClockCorrected(ILogger logger, string origin, TimeSpan offset);
}
