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

    /// <summary>The caller's raw path behind the name, also where that stands for nothing; begins with a slash.</summary>
    public required string Path { get; set; }

    /// <summary>The whole raw path, by which a route of the operator's own goes.</summary>
    public string WholePath { get; init; } = "";

    /// <summary>Whether dot segments lead above the name's own root. Judged also where the name stands for nothing: else the answer would tell which do.</summary>
    public bool Climbs => RawTarget.Climbs(Name) || RawTarget.Climbs(Path);

    /// <summary>The caller's raw query, without its question mark.</summary>
    public required string Query { get; init; }

    /// <summary>The path that is signed and sent, to the character: the base path, then the caller's own.</summary>
    /// <param name="named">The named credential.</param>
    /// <param name="basePath">Empty, or a path without a trailing slash.</param>
    public string PathSentTo(NamedCredential named, string basePath)
    {
        // Made also where it is not wanted: a long path must not tell by the clock what stands behind a name.
        var normal = NormalPath;
        // A signature that is not ours covers the target as it came.
        if (!named.GenerateAuthorizationHeader || named.ExternalCredential.Signing.PathNormalization == PathNormalization.Off)
            return basePath + Path;
        return basePath.Length == 0 ? normal : CanonicalPath.ToSend(basePath, PathNormalization.On) + normal;
    }

    /// <summary>The caller's path without dot segments and empty ones. It leads above its own root in no reading, so it is normalised by itself.</summary>
    private string NormalPath => field ??= CanonicalPath.ToSend(Path, PathNormalization.On);

    /// <summary>The catalog this request sees from start to end.</summary>
    public CatalogSnapshot Snapshot { get; set; } = CatalogSnapshot.Empty;

    /// <summary>What the name stands for: <see cref="NamedCredential.Nothing"/> where there is no named credential of this name.</summary>
    public NamedCredential NamedCredential { get; set; } = NamedCredential.Nothing;
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
