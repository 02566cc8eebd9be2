namespace SigningProxy.Sessions;

/// <summary>A session could not be fetched.</summary>
/// <param name="message">Fit for the operator's log: the service's own code and message, never a secret.</param>
/// <param name="inner">What it came of, or null.</param>
internal sealed class SessionException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>AWS's error code, or null where the service gave none.</summary>
    public string? Code { get; init; }
}
