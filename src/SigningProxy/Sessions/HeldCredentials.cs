using SigningProxy.SigV4;

namespace SigningProxy.Sessions;

/// <summary>The credentials that a session has in hand.</summary>
/// <param name="Credentials">What signs.</param>
/// <param name="ObtainedAt">When they came.</param>
/// <param name="Reason">Why they were obtained.</param>
internal sealed record HeldCredentials(SessionCredentials Credentials, DateTimeOffset ObtainedAt, RefreshReason Reason)
{
    /// <summary>Until when they are taken without a thought.</summary>
    public DateTimeOffset FreshUntil { get; } =
        Credentials.Expiration is { } expiration ? RefreshSchedule.FreshUntil(ObtainedAt, expiration) : DateTimeOffset.MaxValue;

    /// <summary>When others are to be obtained ahead of their end; null for keys that do not end.</summary>
    /// <param name="chance">From 0 to 1.</param>
    public DateTimeOffset? DueAt(double chance) => Credentials.Expiration is { } expiration ? RefreshSchedule.DueAt(ObtainedAt, expiration, chance) : null;

    /// <summary>Whether a call may still be signed with them, were nothing better to be had.</summary>
    public bool LastsAt(DateTimeOffset now) => Credentials.Expiration is null || now < Credentials.Expiration;
}
