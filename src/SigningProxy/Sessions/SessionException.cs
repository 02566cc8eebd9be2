namespace SigningProxy.Sessions;

/// <summary>Session credentials could not be obtained.</summary>
/// <param name="message">Fit for the operator's log: the service's own code and words, never a secret.</param>
/// <param name="inner">What it came from.</param>
internal sealed class SessionException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>AWS's error code, or null when no answer came.</summary>
    public string? Code { get; init; }

    /// <summary>Whether trying again at once may help: the service was not reached, or did not answer as itself.</summary>
    public bool IsTransient { get; init; }
}
