using System.Collections.Frozen;

namespace SigningProxy.Catalog;

/// <summary>What a grant is good for, where it is not good for everything: <c>only</c>. What is null does not limit.</summary>
internal sealed record GrantLimit
{
    /// <summary>HTTP methods, in upper case.</summary>
    public FrozenSet<string>? Methods { get; init; }

    /// <summary>Path prefixes, each beginning with a slash, of the path that is sent. One that ends in a slash means what lies below it; another means that path and what lies below it.</summary>
    public string[]? Paths { get; init; }

    /// <summary>Names, without regard to case.</summary>
    public FrozenSet<string>? NamedCredentials { get; init; }

    /// <summary>Values of <c>X-Amz-Target</c>, compared exactly.</summary>
    public FrozenSet<string>? Operations { get; init; }
}
