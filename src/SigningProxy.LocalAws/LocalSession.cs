namespace SigningProxy.LocalAws;

/// <summary>A session that was given out, without its secret and token.</summary>
/// <param name="AccessKeyId">The access key id, <c>ASIA...</c>.</param>
/// <param name="RoleArn">The role it is a session of.</param>
/// <param name="RoleSessionName">Its name.</param>
/// <param name="Expiration">The expiry that was stated when it was given out.</param>
/// <param name="Revoked">True when it was revoked since.</param>
public sealed record LocalSession(string AccessKeyId, string RoleArn, string RoleSessionName, DateTimeOffset Expiration, bool Revoked);
