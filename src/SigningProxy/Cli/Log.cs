namespace SigningProxy.Cli;

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Information, "Listening on {Addresses}, with {NamedCredentials} named credentials.")]
    public static partial void Listening(ILogger logger, string addresses, int namedCredentials);

    [LoggerMessage(5004, LogLevel.Warning, "There is no operator's socket, for {Problem}. Name another with --operator unix:PATH (and ask there), or turn it off with --operator off.")]
    public static partial void NoOperatorSocket(ILogger logger, string problem);

    [LoggerMessage(5005, LogLevel.Warning, "Setup's database {Path} was not there, and an empty one was made.")]
    public static partial void NewDatabase(ILogger logger, string path);

    [LoggerMessage(5003, LogLevel.Warning, "{Warning}")]
    public static partial void CatalogWarning(ILogger logger, string warning);
}
