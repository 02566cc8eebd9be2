using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Callouts;

/// <summary>One request as it arrived: the name it means and what it wants there, read once from the raw target.</summary>
internal sealed class Callout
{
    /// <summary>The name the request gave, or what stood in its place; shown to the caller in refusals, so kept short.</summary>
    public required string Name { get; init; }

    /// <summary>How the name was given.</summary>
    public required CalloutAddress Address { get; init; }

    /// <summary>The caller's raw path behind the name; begins with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>The caller's raw query, without its question mark.</summary>
    public required string Query { get; init; }

    /// <summary>The path that is signed and sent, to the character: the base path, then the caller's own.</summary>
    /// <param name="named">The named credential.</param>
    /// <param name="basePath">Empty, or a path without a trailing slash.</param>
    public string PathSentTo(NamedCredential named, string basePath)
    {
        var path = basePath.Length == 0 ? Path : basePath + Path;
        // A signature that is not ours covers the target as it came.
        return named.GenerateAuthorizationHeader ? CanonicalPath.ToSend(path, named.ExternalCredential.Signing.PathNormalization) : path;
    }

    /// <summary>The catalog this request sees from start to end.</summary>
    public CatalogSnapshot Snapshot { get; set; } = CatalogSnapshot.Empty;

    /// <summary>What the name stands for, or null when it stands for nothing.</summary>
    public NamedCredential? NamedCredential { get; set; }
}

internal enum CalloutAddress
{
    /// <summary>The named credential's own listen port.</summary>
    ListenPort,

    /// <summary>The host <c>{NamedCredential}.localhost</c>.</summary>
    Host,

    /// <summary>The first segment of the path.</summary>
    Path,

    /// <summary>Nothing named a named credential; a route of the operator's own may still fit.</summary>
    None,
}
