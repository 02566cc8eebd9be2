using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>Whether a request is one of those that a grant is limited to. A limit that does not fit grants nothing to this request.</summary>
internal static class LimitMatch
{
    public static bool Fits(GrantLimit? limit, in RequestFacts request) => limit is null || Misfit(limit, request) == LimitPart.None;

    /// <summary>Why it does not fit, for an operator; null where it does.</summary>
    public static string? WhyNot(GrantLimit? limit, in RequestFacts request) => limit is null ? null : Misfit(limit, request) switch
    {
        LimitPart.None => null,
        LimitPart.Methods when request.OverridesMethod => "a header asks for another method",
        LimitPart.Methods => $"only for {string.Join(", ", limit.Methods!.Order(StringComparer.Ordinal))}, and the method is {request.Method}",
        LimitPart.NamedCredentials => $"only for {string.Join(", ", limit.NamedCredentials!.Order(DeveloperName.Comparer))}",
        LimitPart.Operations => $"only for {string.Join(", ", limit.Operations!.Order(StringComparer.Ordinal))}, and X-Amz-Target is {request.Operation ?? "missing"}",
        _ => $"only below {string.Join(", ", limit.Paths!)}, and the path is {request.PathSent ?? "not known yet"}",
    };

    private static LimitPart Misfit(GrantLimit limit, in RequestFacts request)
    {
        // A destination that obeys another method than the one that was judged would do what was not granted.
        if (limit.Methods is not null && (request.OverridesMethod || !limit.Methods.Contains(request.Method)))
            return LimitPart.Methods;
        if (limit.NamedCredentials?.Contains(request.NamedCredential.Name) == false)
            return LimitPart.NamedCredentials;
        if (limit.Operations is not null && !(request.Operation is { } operation && limit.Operations.Contains(operation)))
            return LimitPart.Operations;
        return limit.Paths is null || FitsPaths(limit.Paths, request) ? LimitPart.None : LimitPart.Paths;
    }

    private static bool FitsPaths(string[] paths, in RequestFacts request) =>
        request.PathSent is { } path && request.PathIsPlain && PathLimit.IsWithin(path, paths) && (request.CopySource is not { } source || FitsCopySource(source, paths));

    /// <summary>Written <c>/bucket/key</c> or <c>bucket/key</c>, maybe with a version behind a question mark.</summary>
    private static bool FitsCopySource(string source, string[] paths)
    {
        var version = source.IndexOf('?', StringComparison.Ordinal);
        var path = version < 0 ? source : source[..version];
        return PathLimit.Fits(path.StartsWith('/') ? path : $"/{path}", paths);
    }

    private enum LimitPart
    {
        None,
        Methods,
        NamedCredentials,
        Operations,
        Paths,
    }
}
