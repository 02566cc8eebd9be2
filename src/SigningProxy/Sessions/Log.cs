namespace SigningProxy.Sessions;

/// <summary>Event ids from 6000.</summary>
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Information, "Obtained a session for {ExternalCredential}-{Principal}: key {AccessKeyId}, until {Expiration:u}; reason {Reason}.")]
    public static partial void Obtained(ILogger logger, string externalCredential, string principal, string accessKeyId, DateTimeOffset? expiration, RefreshReason reason);

    [LoggerMessage(6001, LogLevel.Warning, "Obtained no session for {ExternalCredential}-{Principal} (reason {Reason}): {Failure}")]
    public static partial void NotObtained(ILogger logger, string externalCredential, string principal, RefreshReason reason, string failure);
}
