namespace SigningProxy.Setup.SignIn;

internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Information, "{Administrator} signed in to Setup by {Way}, from {Address}.")]
    public static partial void SignedIn(ILogger logger, string administrator, string way, string address);

    [LoggerMessage(9002, LogLevel.Warning, "Nobody was signed in to Setup by {Way}, from {Address}: {Problem}.")]
    public static partial void NotSignedIn(ILogger logger, string way, string address, string problem);

    [LoggerMessage(9003, LogLevel.Warning, "Setup has no administrator yet. The link for the first is in {File}, for 10 minutes; a restart writes another.")]
    public static partial void LinkWritten(ILogger logger, string file);

    [LoggerMessage(9004, LogLevel.Warning, "Setup has no administrator yet, and the link for the first could not be written to {File}: {Problem}")]
    public static partial void LinkNotWritten(ILogger logger, string file, string problem);
}
