namespace SigningProxy.Forwarding;

/// <summary>A request that could not be signed as it was meant; it is not sent.</summary>
/// <param name="message">Why; without any secret.</param>
internal sealed class SigningException(string message) : Exception(message);
