namespace SigningProxy.Bodies;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Error, "A body could not be written to the spool folder {Folder} ({Failure}).")]
    public static partial void SpoolFailed(ILogger logger, string folder, string failure);
}
