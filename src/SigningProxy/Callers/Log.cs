namespace SigningProxy.Callers;

/// <summary>Event ids from 7000.</summary>
internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Warning, "Refused a request whose caller is not proved: {Reason}.")]
    public static partial void Unproved(ILogger logger, string reason);

    [LoggerMessage(7001, LogLevel.Debug, "Process {ProcessId} of user {UserId}, group {GroupId} is at the other end of the socket.")]
    public static partial void Peer(ILogger logger, int processId, uint userId, uint groupId);
}
