namespace SigningProxy.Callouts;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Error, "A request failed unexpectedly with {Failure}.\n{Place}")]
    public static partial void Failed(ILogger logger, string? failure, string? place);
}
