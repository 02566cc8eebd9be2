namespace SigningProxy.Access;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Warning, "Refused {Caller}: there is no named credential \"{Name}\" in revision {Revision} of the catalog.")]
    public static partial void NoSuchNamedCredential(ILogger logger, string caller, string name, long revision);

    [LoggerMessage(3002, LogLevel.Warning, "Refused {Caller}: no permission set and no profile grants it a principal of {ExternalCredential}, which the named credential {NamedCredential} uses.")]
    public static partial void NoGrant(ILogger logger, string caller, string namedCredential, string externalCredential);

    [LoggerMessage(3003, LogLevel.Warning, "Refused {Caller}: its grants at {NamedCredential} are limited to other requests. \"signing-proxy access\" says to which.")]
    public static partial void LimitsDoNotFit(ILogger logger, string caller, string namedCredential);

    [LoggerMessage(3004, LogLevel.Warning, "Refused {Caller}: at {NamedCredential} it asks for {Wanted}, which no permission set and no profile grants it.")]
    public static partial void PrincipalNotGranted(ILogger logger, string caller, string namedCredential, string wanted);

    [LoggerMessage(3005, LogLevel.Warning, "Refused {Caller}: it asks for more than it may at once ({Reason}).")]
    public static partial void TooMuch(ILogger logger, string caller, Callouts.RefusalReason reason);

    [LoggerMessage(3006, LogLevel.Warning, "Refused {Caller}: it signed for {SignedService} in {SignedRegion}, and the named credential {NamedCredential} is for {Service} in {Region}.")]
    public static partial void OtherScope(ILogger logger, string caller, string signedService, string signedRegion, string namedCredential, string service, string region);
}
