using SigningProxy.Callouts;
using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>What a request asks for, as far as grants judge it.</summary>
internal readonly ref struct RequestFacts
{
    /// <remarks>All that grows with the path is done here and once, whether or not a grant is limited to paths: the clock must not tell.</remarks>
    public RequestFacts(Callout callout, NamedCredential namedCredential, string method)
    {
        (Method, NamedCredential) = (method, namedCredential);
        var path = callout.PathSentTo(namedCredential, namedCredential.BasePath);
        PathIsPlain = PathLimit.IsPlain(path);
        PathSent = callout.Address == CalloutAddress.None ? null : path;
    }

    public string Method { get; }

    public NamedCredential NamedCredential { get; }

    /// <summary>The very path that is sent; or null on a route of the operator's own, whose cluster has yet to choose where to.</summary>
    public string? PathSent { get; }

    /// <summary>Whether every reader reads that path alike.</summary>
    public bool PathIsPlain { get; }

    /// <summary><c>X-Amz-Target</c>, or null.</summary>
    public string? Operation { get; init; }

    /// <summary><c>X-Amz-Copy-Source</c>, which is a second path that the request reads; or null.</summary>
    public string? CopySource { get; init; }

    /// <summary>Whether a header asks for another method than the request line does.</summary>
    public bool OverridesMethod { get; init; }
}
