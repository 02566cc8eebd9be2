namespace SigningProxy.Setup.Pages.Trail;

/// <summary>Rows of the audit trail.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Rows">The latest first.</param>
internal sealed record AuditView(PageFrame Frame, IReadOnlyList<AuditLine> Rows)
{
    /// <summary>The kind that is asked for, as a word of paths; empty for any.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The name that is asked for; empty for any.</summary>
    public string Name { get; init; } = "";

    /// <summary>The administrator who is asked for; empty for any.</summary>
    public string Who { get; init; } = "";

    /// <summary>Where older rows are; null where there are none.</summary>
    public string? Next { get; init; }

    /// <summary>Whether these are the latest.</summary>
    public bool IsFirst { get; init; }
}

/// <summary>One row, in words.</summary>
/// <param name="When">When.</param>
/// <param name="Who">Who.</param>
/// <param name="What">What was done.</param>
/// <param name="Kind">To what kind of entry, or null.</param>
/// <param name="Name">To which, or null.</param>
/// <param name="Path">Its page, or null where there is none any more.</param>
internal sealed record AuditLine(string When, string Who, string What, string? Kind, string? Name, string? Path)
{
    /// <summary>What differs since; never with which values.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>From which revision to which, in words; null for none.</summary>
    public string? Revisions { get; init; }
}
