namespace SigningProxy.Bodies;

/// <summary>The caller gave less of its body than it had announced, or gave it too slowly; the destination got no whole request.</summary>
internal sealed class CallerBodyException(Exception inner) : IOException("the caller's body broke off.", inner);
