using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>The rules of keys that may be missing: an entry without them loads as NotConfigured.</summary>
internal static class KeyRules
{
    /// <summary>Judges a reference to a key. One that cannot be read is an error only when it would empty keys that are in use.</summary>
    /// <param name="reference">The reference, or null.</param>
    /// <param name="at">Its entry.</param>
    /// <param name="field">Its field.</param>
    /// <param name="material">What it led to.</param>
    /// <param name="lastGood">The keys in use.</param>
    /// <param name="held">Whether the entry that holds it is configured in the catalog in use.</param>
    /// <param name="faults">Takes the faults.</param>
    public static void Judge(
        SecretReference? reference, Origin at, string field, CatalogMaterial material, LastGoodKeys lastGood, bool held, FaultList faults)
    {
        SecretRules.Judge(reference, at, field, faults);
        if (material.ProblemOf(reference) is { } problem && (held || lastGood.Hold(reference)))
            faults.Error(at, field, $"{field}: {problem}", "Provide it again: the keys in use stay until then.");
    }

    public static void JudgeAccessKey(SecretReference? reference, Origin at, string field, CatalogMaterial material, FaultList faults)
    {
        if (material.SecretOf(reference) is { } key && !AwsRules.AccessKey().IsMatch(key.Reveal()))
            faults.Error(at, field, $"{field} leads to a text that is no access key id: 16 to 128 letters, digits and underscores", "Check that it and accessSecret have not changed places.");
    }
}
