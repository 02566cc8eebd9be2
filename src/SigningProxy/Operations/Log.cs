namespace SigningProxy.Operations;

/// <summary>Event ids from 7000.</summary>
internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Warning, "A token proved no operator: {Reason}.")]
    public static partial void Unproved(ILogger logger, string reason);
}
