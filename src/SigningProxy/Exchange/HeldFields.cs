using System.Collections.Frozen;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Exchange;

/// <summary>Which fields of a catalog the original's files can hold. All others are told when they are exported, and stay as they are when an entry is imported again.</summary>
internal static class HeldFields
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Held = new Dictionary<string, FrozenSet<string>>
    {
        ["externalCredentials"] =
        [
            "name", "label", "authenticationProtocol", "service", "region", "awsAccountId", "variant", "sts", "rolesAnywhere", "additionalStatusCodesForTokenRefresh",
            "customHeaders", "principals",
        ],
        ["externalCredentials.sts"] = ["externalId", "durationSeconds"],
        ["externalCredentials.rolesAnywhere"] = ["trustAnchorArn", "profileArn", "durationSeconds"],
        ["externalCredentials.principals"] = ["name", "identityType", "sequenceNumber"],
        ["namedCredentials"] =
        [
            "name", "label", "url", "externalCredential", "enabledForCallouts", "generateAuthorizationHeader", "allowMergeFieldsInHeader", "customHeaders", "clientCertificate",
        ],
        ["permissionSets"] = ["name", "label", "principals"],
        ["profiles"] = ["name", "label", "principals"],
    }.ToFrozenDictionary();

    /// <param name="place">A section, or a field in one such as <c>externalCredentials.sts</c>.</param>
    /// <param name="field">A field there.</param>
    public static bool Holds(string place, string field) => !Held.TryGetValue(place, out var fields) || fields.Contains(field);

    /// <summary>The fields that are not held, those of inner entries among them, each with the place of its entry.</summary>
    public static IEnumerable<(string Field, YamlNode Value)> NotHeld(string place, YamlMap entry)
    {
        foreach (var (key, value) in entry.Entries)
        {
            if (!Holds(place, key.Value))
                yield return (key.Value, value);
            else if (value is YamlMap inner)
            {
                foreach (var (field, node) in NotHeld($"{place}.{key.Value}", inner))
                    yield return ($"{key.Value}.{field}", node);
            }
            else if (value is YamlList list)
            {
                foreach (var item in list.Items.OfType<YamlMap>())
                {
                    foreach (var (field, node) in NotHeld($"{place}.{key.Value}", item))
                        yield return ($"{key.Value} {item.TextOf("name")}: {field}", node);
                }
            }
        }
    }
}
