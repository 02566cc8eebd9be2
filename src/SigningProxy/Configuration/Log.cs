namespace SigningProxy.Configuration;

/// <summary>Event ids from 1000.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Catalog revision {Revision} is in use: {Counts}")]
    public static partial void Published(ILogger logger, long revision, string counts);

    [LoggerMessage(1001, LogLevel.Error, "The changed catalog is not valid (errors: {Count}), and revision {Revision} stays in use:\n{Faults}")]
    public static partial void Kept(ILogger logger, int count, long revision, string faults);

    [LoggerMessage(1002, LogLevel.Warning, "Catalog: {Fault}")]
    public static partial void Warned(ILogger logger, string fault);

    [LoggerMessage(1003, LogLevel.Warning, "The folder {Folder} cannot be watched, so its changes are seen within {Poll} only")]
    public static partial void NotWatched(ILogger logger, string folder, TimeSpan poll, Exception fault);

    [LoggerMessage(1004, LogLevel.Error, "Reading the catalog failed, and revision {Revision} stays in use")]
    public static partial void Failed(ILogger logger, long revision, Exception fault);

    [LoggerMessage(1005, LogLevel.Debug, "The catalog {Path} is watched")]
    public static partial void Watching(ILogger logger, string path);

    [LoggerMessage(1006, LogLevel.Debug, "The catalog was read again and is as it was: revision {Revision} stays in use")]
    public static partial void Unchanged(ILogger logger, long revision);

    [LoggerMessage(1007, LogLevel.Warning, "{Entry}: {Problem}")]
    public static partial void CertificateWarning(ILogger logger, string entry, string problem);

    [LoggerMessage(1008, LogLevel.Error, "{Entry}: {Problem}")]
    public static partial void CertificateEnded(ILogger logger, string entry, string problem);

    [LoggerMessage(1009, LogLevel.Error, "Setup cannot be read, and its entries stay as they were: {Problem}")]
    public static partial void StoreLost(ILogger logger, string problem);

    [LoggerMessage(1010, LogLevel.Information, "Setup can be read again")]
    public static partial void StoreFound(ILogger logger);
}
