using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.LocalAws.Sessions;

/// <summary>Temporary credentials and what they are a session of. Its text form shows the access key id alone.</summary>
/// <param name="Key">The credentials as they are held now: a revoked session's differ from those given out.</param>
/// <param name="RoleArn">The role.</param>
/// <param name="RoleSessionName">The session's name.</param>
/// <param name="Expiration">The expiry that was stated, in whole seconds.</param>
internal sealed record IssuedSession(LocalKey Key, string RoleArn, string RoleSessionName, DateTimeOffset Expiration)
{
    public bool Revoked { get; init; }

    /// <summary>The role's account number.</summary>
    public string Account => RoleArn.Split(':')[4];

    /// <summary>ARN of the session: <c>arn:aws:sts::{account}:assumed-role/{role}/{session}</c>.</summary>
    public string AssumedRoleArn => $"arn:{RoleArn.Split(':')[1]}:sts::{Account}:assumed-role/{RoleArn[(RoleArn.LastIndexOf('/') + 1)..]}/{RoleSessionName}";

    /// <summary>The role's unique id, always the same for one ARN, and the session's name.</summary>
    public string AssumedRoleId => $"AROA{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(RoleArn)))[..17]}:{RoleSessionName}";

    /// <summary>The stated expiry as AWS writes it.</summary>
    public string ExpirationText => Expiration.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public LocalSession Shown => new(Key.AccessKeyId, RoleArn, RoleSessionName, Expiration, Revoked);

    /// <inheritdoc/>
    public override string ToString() => Key.AccessKeyId;
}
