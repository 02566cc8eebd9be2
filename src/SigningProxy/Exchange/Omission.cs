namespace SigningProxy.Exchange;

/// <summary>What was not carried over, and why: nothing is dropped in silence.</summary>
/// <param name="Entry">Such as <c>externalCredential OrdersTable</c>.</param>
/// <param name="Reason">What has no counterpart, and why or what to do: a sentence without its full stop.</param>
internal sealed record Omission(string Entry, string Reason);
