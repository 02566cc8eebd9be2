using System.Collections.Frozen;

namespace SigningProxy.SigV4;

/// <summary>A query that carries its signature: with path and host, a URL that is as good as the keys behind it while it lasts.</summary>
/// <param name="Value">The query to send, without a question mark.</param>
public readonly record struct PresignedQuery(string Value)
{
    /// <summary>The parameters of a signature, in any case: those of an earlier one must not be sent along.</summary>
    public static IReadOnlySet<string> Names { get; } = new[]
    {
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-Region-Set", "X-Amz-SignedHeaders",
        "X-Amz-Signature", "X-Amz-Security-Token",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Not the query: whoever reads it could use it.</summary>
    public override string ToString() => "presigned query (not shown)";
}
