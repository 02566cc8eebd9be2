namespace SigningProxy.Sessions;

/// <summary>A call cannot be signed now, for its principal has no session and none could be obtained in time.</summary>
/// <param name="message">Fit for the operator's log.</param>
/// <param name="retryAfter">When another attempt will have been made.</param>
internal sealed class SessionUnavailableException(string message, TimeSpan retryAfter) : Exception(message)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
