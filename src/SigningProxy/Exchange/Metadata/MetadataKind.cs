using System.Diagnostics.CodeAnalysis;

namespace SigningProxy.Exchange.Metadata;

/// <summary>A kind of the original's files that has something for a catalog in it.</summary>
/// <param name="Root">The root element.</param>
/// <param name="Word">What one is called in a catalog and in a sentence.</param>
/// <param name="Suffix">How its file is called, behind a dot; in the source format <see cref="SourceEnding"/> follows.</param>
/// <param name="Repeated">The element that stands in it as often as may be.</param>
internal sealed record MetadataKind(string Root, string Word, string Suffix, string Repeated)
{
    /// <summary>What the source format adds to a file's name.</summary>
    public const string SourceEnding = "-meta.xml";

    private const string Accesses = "externalCredentialPrincipalAccesses";

    public static readonly MetadataKind ExternalCredential = new("ExternalCredential", "externalCredential", "externalCredential", "externalCredentialParameters");
    public static readonly MetadataKind NamedCredential = new("NamedCredential", "namedCredential", "namedCredential", "namedCredentialParameters");
    public static readonly MetadataKind PermissionSet = new("PermissionSet", "permissionSet", "permissionset", Accesses);
    public static readonly MetadataKind Profile = new("Profile", "profile", "profile", Accesses);

    private static readonly MetadataKind[] All = [ExternalCredential, NamedCredential, PermissionSet, Profile];

    /// <summary>The section of a catalog that its entries stand in.</summary>
    public string Section => $"{Word}s";

    /// <summary>Where the source format keeps the file of an entry.</summary>
    public string PathOf(string name) => $"{Suffix}s/{Uri.EscapeDataString(name)}.{Suffix}{SourceEnding}";

    /// <summary>Tells by a file's name what it is, in the source format or the older one of archives.</summary>
    /// <param name="path">With slashes.</param>
    /// <param name="kind">Which kind.</param>
    /// <param name="name">The entry's full name, as the original knows it.</param>
    public static bool TryParse(string path, [NotNullWhen(true)] out MetadataKind? kind, out string name)
    {
        var file = path[(path.LastIndexOf('/') + 1)..];
        if (file.EndsWith(SourceEnding, StringComparison.OrdinalIgnoreCase))
            file = file[..^SourceEnding.Length];
        kind = Array.Find(All, k => file.EndsWith($".{k.Suffix}", StringComparison.OrdinalIgnoreCase));
        name = kind is null ? "" : Uri.UnescapeDataString(file[..^(kind.Suffix.Length + 1)]);
        return kind is not null;
    }
}
