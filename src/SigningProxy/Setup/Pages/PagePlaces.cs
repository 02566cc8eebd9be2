namespace SigningProxy.Setup.Pages;

/// <summary>The places of Setup, as its navigation and Quick Find list them.</summary>
internal static class PagePlaces
{
    /// <summary>Each with its path.</summary>
    public static IReadOnlyList<(string Title, string Path)> All { get; } =
    [
        ("Home", "/"),
        ("Named Credentials", "/named-credentials"),
        ("External Credentials", "/external-credentials"),
        ("Permission Sets", "/permission-sets"),
        ("Profiles", "/profiles"),
        ("Callers", "/callers"),
        ("Certificates", "/certificates"),
        ("Import", "/import"),
        ("Test", "/test"),
        ("Audit Trail", "/audit"),
        ("Administrators", "/administrators"),
    ];

    /// <summary>Those that have a text in their title.</summary>
    public static IEnumerable<(string Title, string Path)> Find(string text) => All.Where(p => p.Title.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase));
}
