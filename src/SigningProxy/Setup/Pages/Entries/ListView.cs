namespace SigningProxy.Setup.Pages.Entries;

/// <summary>A list of entries.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Headings">Of its columns.</param>
/// <param name="Rows">The entries of this page.</param>
internal sealed record ListView(PageFrame Frame, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<ListCell>> Rows)
{
    public required string Path { get; init; }

    /// <summary>What one of them is called.</summary>
    public required string One { get; init; }

    /// <summary>Where one is made.</summary>
    public required string New { get; init; }

    /// <summary>What was looked for.</summary>
    public string Text { get; init; } = "";

    /// <summary>How many there are in all.</summary>
    public int Total { get; init; }

    /// <summary>Where the next page is; null on the last.</summary>
    public string? Next { get; init; }

    /// <summary>An entry that was just saved, with its path; or null.</summary>
    public (string Name, string Path)? Saved { get; init; }

    /// <summary>What is to be known of it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What was just deleted, or null.</summary>
    public string? Deleted { get; init; }
}

/// <summary>One cell of a list.</summary>
/// <param name="Text">Its text.</param>
internal sealed record ListCell(string Text)
{
    /// <summary>Where it leads; null for nowhere.</summary>
    public string? Path { get; init; }

    /// <summary>The status that it shows in place of a text.</summary>
    public StatusWord? Status { get; init; }

    /// <summary>Where the entry is provisioned; null for one made in Setup.</summary>
    public string? Provisioned { get; init; }
}
