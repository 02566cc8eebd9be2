namespace SigningProxy.Configuration;

/// <summary>When a changed catalog is read again.</summary>
internal sealed record CatalogReloadOptions
{
    /// <summary>How often files are looked at, for changes that nothing told of. Default 5 s.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after a sign of change the reading begins, so that one change of many files is one reload. Default 50 ms.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(50);
}
