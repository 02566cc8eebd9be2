namespace SigningProxy.LocalAws;

/// <summary>A request that reached the stand-in, whether or not it was verified. Holds no header, body or secret.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="RawTarget">The request target as it came, never decoded; signature and token of a presigned one are left out.</param>
/// <param name="AccessKeyId">The access key id, or the certificate's serial number, that the request claimed; null when it named none.</param>
/// <param name="Verified">True when its signature held, also when a switch then failed it.</param>
/// <param name="Code">The AWS error code that it was answered with; null when there was none.</param>
/// <param name="Host">The Host that the request named.</param>
public sealed record SeenRequest(string Method, string RawTarget, string? AccessKeyId, bool Verified, string? Code, string? Host)
{
    /// <summary>The part of the stand-in that it was for.</summary>
    public LocalTarget Target { get; init; }

    /// <summary>The HTTP status that it was answered with; null when the request broke off.</summary>
    public int? Status { get; init; }

    /// <summary>The length of its body in bytes; null when the body broke off.</summary>
    public long? BodyLength { get; init; }

    /// <summary>The SHA-256 of its body in lower-case hexadecimal; null when the body broke off.</summary>
    public string? BodySha256 { get; init; }
}
