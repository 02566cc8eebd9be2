using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Configuration.Stored;

/// <summary>Makes an entry of the store out of what somebody wrote: its secrets beside it, each by its field. What the entry says is not judged here.</summary>
/// <param name="master">Reads the key that opens sealed secrets.</param>
/// <param name="faults">Takes what cannot be a secret.</param>
internal sealed class EntryMaker(Func<MasterKey> master, FaultList faults)
{
    /// <param name="kind">What it is.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="map">What was written.</param>
    /// <param name="before">The entry that it would replace, whose secrets it may keep; or null.</param>
    /// <param name="at">Where it was written.</param>
    public StoredEntry Make(EntryKind kind, string name, YamlMap map, StoredEntry? before, Origin at)
    {
        var secrets = new Dictionary<string, Reading<Secret>>(StringComparer.Ordinal);
        var body = SecretPlaces.Replace(map, "", (field, form, text) =>
        {
            secrets[field] = new(Secret(kind, name, before, field, form, text, at), null);
            return SecretPlaces.Of(SecretPlaces.Stored, field);
        });
        return new StoredEntry(kind, name, (before?.Revision ?? 0) + 1, YamlWriter.Write(body), secrets);
    }

    private Secret Secret(EntryKind kind, string name, StoredEntry? before, string field, string form, string text, Origin at)
    {
        switch (form)
        {
            case SecretPlaces.Value:
                return new Secret(text);
            case SecretPlaces.Sealed:
                if (master().OpenFromFile(text, kind, name, field) is { } opened)
                    return opened;
                faults.Error(at, field, $"the sealed secret of {field} does not open", "It opens with the master key under which it was exported, in the very entry and field.");
                break;
            default:
                if (before?.Secrets.GetValueOrDefault(text).Value is not { } kept)
                    faults.Error(at, field, $"the store has no secret that {field} could keep", "Write {value: TEXT}.");
                else if (SecretPlaces.WithoutPlaces(text) == SecretPlaces.WithoutPlaces(field))
                    return kept;
                else // A key could be had sent as a header, to wherever a named credential leads.
                    faults.Error(at, field, $"{field} cannot keep the secret of another field", "Write {value: TEXT}.");
                break;
        }
        return new Secret("");
    }
}
