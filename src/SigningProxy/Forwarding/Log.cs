namespace SigningProxy.Forwarding;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Error, "A body could not be written to the spool folder {Folder} ({Failure}).")]
    public static partial void SpoolFailed(ILogger logger, string folder, string failure);

    [LoggerMessage(4002, LogLevel.Error, "Route {Route} of the ReverseProxy section is refused until it is mended: {Fault}")]
    public static partial void RouteRefused(ILogger logger, string route, string fault);

    [LoggerMessage(4003, LogLevel.Warning, "A call to {NamedCredential} failed: {Error}, {Failure}")]
    public static partial void ForwardingFailed(ILogger logger, string namedCredential, string error, string failure);
}
