namespace SigningProxy.Setup.Api;

/// <summary>A path of which a segment in braces is any one segment, such as <c>/{kind}/{name}</c>.</summary>
/// <param name="pattern">Begins with a slash.</param>
internal sealed class PathPattern(string pattern)
{
    private readonly string[] _segments = pattern.Split('/')[1..];

    /// <summary>Whether a path is of this pattern.</summary>
    /// <param name="path">Its segments, decoded.</param>
    /// <param name="taken">What stands where the pattern has braces.</param>
    public bool Fits(IReadOnlyList<string> path, out IReadOnlyDictionary<string, string> taken)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        taken = found;
        if (path.Count != _segments.Length)
            return false;
        for (var i = 0; i < path.Count; i++)
        {
            if (_segments[i] is ['{', .. var name, '}'])
                found[name] = path[i];
            else if (_segments[i] != path[i])
                return false;
        }
        // A kind that there is not is a path that there is not.
        return !found.TryGetValue(ApiRequest.KindSegment, out var kind) || ApiKinds.TryParse(kind, out _);
    }

    /// <summary>The segments of a request's path. From the raw target: a name may hold a slash, which the decoded path does not tell from one between segments.</summary>
    public static IReadOnlyList<string> SegmentsOf(string rawPath) => [.. rawPath.Split('/').Skip(1).Select(Uri.UnescapeDataString)];
}
