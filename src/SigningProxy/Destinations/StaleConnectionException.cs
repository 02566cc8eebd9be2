namespace SigningProxy.Destinations;

/// <summary>A connection that had been idle ended as a request was sent into it, and not a byte of an answer came.</summary>
internal sealed class StaleConnectionException(Exception inner) : BrokenAnswerException("the connection ended before an answer came.", inner);
