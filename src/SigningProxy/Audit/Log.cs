namespace SigningProxy.Audit;

/// <summary>Event ids from 8000.</summary>
internal static partial class Log
{
    [LoggerMessage(8000, LogLevel.Error, "The access log {File} was not written, and {Lines} lines of it are lost ({Failure}).")]
    public static partial void NotWritten(ILogger logger, string file, int lines, string failure);
}
