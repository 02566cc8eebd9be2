namespace SigningProxy.Destinations;

/// <summary>What came from a destination is no whole HTTP/1.1 answer. The message says which rule it broke and quotes nothing of it.</summary>
internal class BrokenAnswerException(string message, Exception? inner = null) : IOException(message, inner);
