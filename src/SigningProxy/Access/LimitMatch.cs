using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>Whether a request is one of those that a grant is limited to. A limit that does not fit grants nothing to this request.</summary>
internal static class LimitMatch
{
    public static bool Fits(GrantLimit? limit, in RequestFacts request)
    {
        if (limit is null)
            return true;
        // A destination that obeys another method than the one that was judged would do what was not granted.
        return (limit.Methods is null || (limit.Methods.Contains(request.Method) && !request.OverridesMethod))
            && limit.NamedCredentials?.Contains(request.NamedCredential.Name) != false
            && (limit.Operations is null || (request.Operation is { } operation && limit.Operations.Contains(operation)))
            && (limit.Paths is null || FitsPaths(limit.Paths, request));
    }

    private static bool FitsPaths(IReadOnlyList<string> paths, in RequestFacts request) =>
        request.PathSent() is { } path && PathLimit.Fits(path, paths) && (request.CopySource is not { } source || FitsCopySource(source, paths));

    /// <summary>Written <c>/bucket/key</c> or <c>bucket/key</c>, maybe with a version behind a question mark.</summary>
    private static bool FitsCopySource(string source, IReadOnlyList<string> paths)
    {
        var version = source.IndexOf('?', StringComparison.Ordinal);
        var path = version < 0 ? source : source[..version];
        return PathLimit.Fits(path.StartsWith('/') ? path : $"/{path}", paths);
    }
}
