namespace SigningProxy.Callouts;

/// <summary>
/// What the operator is told beside a refusal's code, and the caller is not. Few and fixed, for metrics: nothing that a request says
/// becomes one.
/// </summary>
internal enum RefusalReason
{
    /// <summary>Of <see cref="RefusalKind.CallerUnproved"/>: no proof was offered that the listener accepts.</summary>
    NoProof,

    /// <summary>One was offered, and proves nothing.</summary>
    InvalidProof,

    /// <summary>Several were offered, and nobody can say which is meant.</summary>
    AmbiguousProofs,

    /// <summary>Of <see cref="RefusalKind.AccessDenied"/>: there is no named credential of this name.</summary>
    UnknownName,

    /// <summary>The caller's local signature is for another service or region than the named credential's.</summary>
    OtherScope,

    /// <summary>The caller was granted no principal there.</summary>
    NoGrant,

    /// <summary>It was granted one, and asks for another.</summary>
    PrincipalNotGranted,

    /// <summary>Its grants are limited to other requests.</summary>
    LimitsDoNotFit,

    /// <summary>Of <see cref="RefusalKind.CallerLimit"/>: too many requests in a second.</summary>
    RequestsPerSecond,

    /// <summary>Too many requests under way.</summary>
    ConcurrentRequests,

    /// <summary>Too many bytes of bodies under way.</summary>
    BytesInFlight,
}
