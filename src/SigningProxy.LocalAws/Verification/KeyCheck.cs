using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.LocalAws.Verification;

/// <summary>The key is known, fits the scope, and comes with its token while that lasts.</summary>
internal static class KeyCheck
{
    public static Refused? Refusal(LocalKey? key, SignatureClaim claim, ServiceRules rules)
    {
        var scope = claim.Parts.Scope;
        if (key is null)
        {
            return new(rules.UnknownKeyCode, "The AWS Access Key Id you provided does not exist in our records.");
        }

        if (claim.Parts.Algorithm == AuthorizationHeader.Ecdsa)
        {
            if (RegionSet.Fault(claim.RegionSet, key.Region) is { } fault)
            {
                return new("SignatureDoesNotMatch", fault);
            }
        }
        else if (key.Region is { } region && region != scope.Region)
        {
            return new("SignatureDoesNotMatch", $"Credential should be scoped to a valid region: '{scope.Region}' is wrong, expecting '{region}'.");
        }

        return key.Service is { } service && service != scope.Service
            ? new("SignatureDoesNotMatch", $"Credential should be scoped to correct service: '{service}'.")
            : null;
    }

    public static Refused? TokenRefusal(SignatureClaim claim, LocalKey key, ServiceRules rules, DateTimeOffset now)
    {
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(claim.Token), Encoding.UTF8.GetBytes(key.SessionToken ?? "")))
        {
            return new(rules.InvalidTokenCode, "The security token included in the request is invalid.");
        }

        return now >= key.Expiration
            ? new(rules.ExpiredTokenCode, "The security token included in the request is expired.")
            : null;
    }
}
