namespace SigningProxy.Access;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Warning, "Refused {Caller}: there is no named credential \"{Name}\".")]
    public static partial void NoSuchNamedCredential(ILogger logger, string caller, string name);

    [LoggerMessage(3002, LogLevel.Warning, "Refused {Caller}: no permission set and no profile grants it a principal of {ExternalCredential}, which the named credential {NamedCredential} uses.")]
    public static partial void NoGrant(ILogger logger, string caller, string namedCredential, string externalCredential);
}
