namespace SigningProxy.Sessions;

/// <summary>Why a session is obtained.</summary>
internal enum RefreshReason
{
    /// <summary>There was none.</summary>
    First,

    /// <summary>It was due, ahead of its end.</summary>
    Due,

    /// <summary>It had ended, or was about to.</summary>
    Ended,

    /// <summary>The attempt before had failed.</summary>
    Retry,

    /// <summary>The destination answered 401.</summary>
    Unauthorized,

    /// <summary>The destination answered with a status that the external credential lists.</summary>
    ListedStatus,

    /// <summary>The destination's answer had an error code that means an expired or unknown token.</summary>
    TokenRefused,

    /// <summary>An operator asked for it.</summary>
    Operator,
}
