namespace SigningProxy.Catalog;

/// <summary>A principal of an external credential, as permission sets and profiles write it: <c>ExternalCredential-PrincipalName</c>.</summary>
/// <param name="ExternalCredential">A Name, which holds no dash.</param>
/// <param name="Principal">All that follows the first dash.</param>
internal readonly record struct PrincipalName(string ExternalCredential, string Principal)
{
    public static bool TryParse(string text, out PrincipalName name)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        name = dash < 0 ? default : new PrincipalName(text[..dash], text[(dash + 1)..]);
        return dash > 0 && name.Principal.Length > 0;
    }

    public override string ToString() => $"{ExternalCredential}-{Principal}";
}

/// <summary>Which callers may use which principals.</summary>
/// <param name="Name">A Name.</param>
/// <param name="Label">For display.</param>
/// <param name="Callers">Caller names, compared ordinally; <see cref="EveryCaller"/> among them means every proven caller.</param>
/// <param name="Principals">The principals they may use.</param>
/// <param name="Only">For which requests, or null for all.</param>
internal sealed record PermissionSet(string Name, string Label, IReadOnlyList<string> Callers, IReadOnlyList<PrincipalName> Principals, GrantLimit? Only = null)
{
    public const string EveryCaller = "*";
}

/// <summary>The same as a permission set, with each caller in at most one.</summary>
internal sealed record Profile(string Name, string Label, IReadOnlyList<PrincipalName> Principals, GrantLimit? Only = null);

/// <summary>A caller that the catalog knows.</summary>
/// <param name="Name">Compared ordinally.</param>
/// <param name="Profile">The Name of its profile, or null.</param>
/// <param name="Proofs">Of which any one proves it.</param>
internal sealed record DeclaredCaller(string Name, string? Profile, params IReadOnlyList<CallerProof> Proofs);
