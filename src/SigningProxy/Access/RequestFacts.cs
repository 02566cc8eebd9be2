using SigningProxy.Callouts;
using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>What a request asks for, as far as grants judge it.</summary>
internal readonly ref struct RequestFacts(Callout callout, NamedCredential namedCredential, string method)
{
    public string Method { get; } = method;

    public NamedCredential NamedCredential { get; } = namedCredential;

    /// <summary><c>X-Amz-Target</c>, or null.</summary>
    public string? Operation { get; init; }

    /// <summary><c>X-Amz-Copy-Source</c>, which is a second path that the request reads; or null.</summary>
    public string? CopySource { get; init; }

    /// <summary>Whether a header asks for another method than the request line does.</summary>
    public bool OverridesMethod { get; init; }

    /// <summary>The very path that is sent; or null on a route of the operator's own, whose cluster has yet to choose where to.</summary>
    public string? PathSent() => callout.Address == CalloutAddress.None ? null : callout.PathSentTo(NamedCredential, NamedCredential.BasePath);
}
