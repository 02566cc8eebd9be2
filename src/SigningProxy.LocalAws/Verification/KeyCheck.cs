using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.LocalAws.Verification;

/// <summary>The key is known, fits the scope, and comes with its token while that lasts.</summary>
internal static class KeyCheck
{
    public static Refused? Refusal(LocalKey? key, CredentialScope scope, ServiceRules rules)
    {
        if (key is null)
        {
            return new(rules.UnknownKeyCode, "The AWS Access Key Id you provided does not exist in our records.");
        }

        if (key.Region is { } region && region != scope.Region)
        {
            return new("SignatureDoesNotMatch", $"Credential should be scoped to a valid region: '{scope.Region}' is wrong, expecting '{region}'.");
        }

        return key.Service is { } service && service != scope.Service
            ? new("SignatureDoesNotMatch", $"Credential should be scoped to correct service: '{service}'.")
            : null;
    }

    public static Refused? TokenRefusal(ReceivedRequest request, LocalKey key, ServiceRules rules, DateTimeOffset now)
    {
        var received = string.Join(',', request.Values("x-amz-security-token"));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(received), Encoding.UTF8.GetBytes(key.SessionToken ?? "")))
        {
            return new(rules.InvalidTokenCode, "The security token included in the request is invalid.");
        }

        return now >= key.Expiration
            ? new(rules.ExpiredTokenCode, "The security token included in the request is expired.")
            : null;
    }
}
