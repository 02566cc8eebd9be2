namespace SigningProxy.Sessions;

/// <summary>What came of a forced refresh.</summary>
internal enum RefreshOutcome
{
    /// <summary>There are other credentials than those that were refused.</summary>
    Replaced,

    /// <summary>The same ones were obtained again.</summary>
    Unchanged,

    /// <summary>The last forced refresh is too recent.</summary>
    Limited,

    /// <summary>None could be obtained.</summary>
    Failed,
}
