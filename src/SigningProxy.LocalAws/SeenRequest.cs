namespace SigningProxy.LocalAws;

/// <summary>A request that reached the stand-in, whether or not it was verified. Holds no header, body or secret.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="RawTarget">The request target as it came, never decoded.</param>
/// <param name="AccessKeyId">The access key id that the request claimed; null when it named none.</param>
/// <param name="Verified">True when its signature held.</param>
/// <param name="Code">The AWS error code of the refusal; null when verified.</param>
/// <param name="Host">The Host that the request named.</param>
public sealed record SeenRequest(string Method, string RawTarget, string? AccessKeyId, bool Verified, string? Code, string? Host);
