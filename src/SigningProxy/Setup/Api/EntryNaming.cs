using SigningProxy.Catalog;
using SigningProxy.Configuration.Stored;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>What of an entry stays as it is for good: its name, and name and identity type of a principal whose secrets are kept.</summary>
internal static class EntryNaming
{
    private const string NamedPrincipal = "NamedPrincipal";
    private const string Principals = "principals";

    /// <summary>What was sent, with the name of the path where it has none.</summary>
    public static YamlMap Named(YamlMap fields, string name) => fields.Entries.Any(e => e.Key.Value == "name" && e.Value is not YamlText { IsNull: true })
        ? fields
        : fields with { Entries = [(new YamlText(0, "name", Plain: true), new YamlText(0, name, Plain: false)), .. fields.Entries.Where(e => e.Key.Value != "name")] };

    /// <exception cref="ProblemException">Something would change that cannot.</exception>
    public static PlannedChange Judge(PlannedChange planned, string name)
    {
        var (before, after) = (planned.Before is null ? null : EntryView.Of(planned.Before), EntryView.Of(planned.After!));
        var given = EntryJson.Text(after.Fields, "name");
        if (before is not null && given is not null && given != before.Name)
            throw Immutable($"The name of a {before.Kind.InWords()} cannot be changed. Create another, have what uses {before.Name} use that, and delete this one.");
        if (before is null && given is not null && given != name)
        {
            var fault = new CatalogFault(FaultSeverity.Error, null, 0, $"{after.Kind.Word()} {name}", "name", "name is not the one in the path", "Send the same name in both, or none in the body.")
            {
                Pointer = $"{planned.Pointer}/name",
            };
            return planned with { Faults = [.. planned.Faults, fault] };
        }
        if (before is { Kind: EntryKind.ExternalCredential })
            JudgePrincipals(before, planned.Sent as YamlMap ?? after.Fields, after);
        return planned;
    }

    private static void JudgePrincipals(EntryView before, YamlMap sent, EntryView after)
    {
        var was = before.Principals();
        foreach (var (place, name, fields) in after.Principals())
        {
            if (was.FirstOrDefault(p => p.Name == name) is { Fields: { } old } && IdentityType(old) != IdentityType(fields))
                throw Immutable($"The identity type of the principal {name} cannot be changed. Delete it, and recreate it with its keys.");
            foreach (var kept in KeptBy(sent, place).Where(k => was.Any(p => p.Place == k && p.Name != name)))
                throw Immutable($"The name of the principal {was.First(p => p.Place == kept).Name} cannot be changed: {name} would keep its keys. Delete it, and recreate it with its keys.");
        }
    }

    /// <summary>The places of the principals whose secrets a principal keeps.</summary>
    private static List<int> KeptBy(YamlMap sent, int place)
    {
        var kept = new List<int>();
        var list = sent.Entries.FirstOrDefault(e => e.Key.Value == Principals).Value as YamlList;
        if (list is null || place >= list.Items.Count)
            return kept;
        SecretPlaces.Replace(list.Items[place], "", (_, form, text) =>
        {
            if (form == SecretPlaces.Stored && SecretPlaces.PlaceIn(Principals, text) is { } of)
                kept.Add(of);
            return list.Items[place];
        });
        return kept;
    }

    private static string IdentityType(YamlMap principal) => EntryJson.Text(principal, "identityType") ?? NamedPrincipal;

    private static ProblemException Immutable(string detail) => new(ProblemKind.Immutable, detail);
}
