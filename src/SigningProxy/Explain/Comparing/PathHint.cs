using SigningProxy.Explain.Requests;
using SigningProxy.SigV4;

namespace SigningProxy.Explain.Comparing;

/// <summary>Why two canonical paths differ: the request's path is put through every setting there is, to see which of them gives AWS's.</summary>
internal static class PathHint
{
    public static string Of(Difference difference, RawRequest request)
    {
        var (ours, theirs) = (difference.Ours!, difference.Theirs!);
        foreach (var encoding in Enum.GetValues<PathEncoding>())
        {
            foreach (var normalization in Enum.GetValues<PathNormalization>())
            {
                if (Canonical(request.Path, encoding, normalization) == theirs)
                    return $"AWS's is this path under --path-encoding {Word(encoding)} --normalize-path {Word(normalization)}. The S3 family has once and off, all other services twice and on.";
            }
        }
        if (theirs == ours + "/" || ours == theirs + "/")
            return "A slash at the end: it counts.";
        if (theirs.EndsWith(ours, StringComparison.Ordinal) || ours.EndsWith(theirs, StringComparison.Ordinal))
            return "A beginning of the path is missing on one side: a base path, API Gateway's stage, or a bucket that stands in the host instead.";
        return Uri.UnescapeDataString(Uri.UnescapeDataString(ours)) == Uri.UnescapeDataString(Uri.UnescapeDataString(theirs))
            ? "Only escapes differ: something on the way decoded or encoded the path. Bare are letters, digits and -._~ alone, and escapes are upper-case."
            : "What was sent is another path: look at what rewrites it on the way.";
    }

    private static string Canonical(string path, PathEncoding encoding, PathNormalization normalization)
    {
        var trace = new SigningTrace();
        using var nobodys = new SessionCredentials("none", "none");
        var request = new SigningRequest { Method = "GET", Path = CanonicalPath.ToSend(path, normalization), Query = "", Headers = [new("host", "none")] };
        SigV4Signer.Sign(request, nobodys, new CredentialScope("none", "none"), DateTimeOffset.UnixEpoch, new SigningSettings(encoding), trace);
        return trace.CanonicalRequest.Split('\n')[1];
    }

    private static string Word(PathEncoding encoding) => encoding == PathEncoding.Once ? "once" : "twice";

    private static string Word(PathNormalization normalization) => normalization == PathNormalization.On ? "on" : "off";
}
