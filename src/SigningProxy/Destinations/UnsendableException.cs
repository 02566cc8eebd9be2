namespace SigningProxy.Destinations;

/// <summary>A request cannot be written as what it is; nothing of it was sent.</summary>
internal sealed class UnsendableException(string message) : Exception(message);
