using SigningProxy.Catalog;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Exchange;

/// <summary>What is left to fill in once entries were imported: secrets, certificates, role ARNs and callers are in none of the original's files.</summary>
/// <param name="Entry">Such as <c>externalCredential OrdersTable / principal Writer</c>.</param>
/// <param name="Task">What to do: a sentence.</param>
internal sealed record ChecklistItem(string Entry, string Task);

internal static class Checklist
{
    private const string Env = "env";
    private const string File = "file";

    /// <summary>What a catalog lacks.</summary>
    public static IReadOnlyList<ChecklistItem> Of(YamlMap catalog) =>
    [
        .. catalog.MapsOf("externalCredentials").SelectMany(External),
        .. catalog.MapsOf("namedCredentials").SelectMany(Named),
        .. catalog.MapsOf("certificates").SelectMany(c => Place(c, $"certificate {c.TextOf("name")}", "the certificate, its intermediates and its private key")),
        .. catalog.MapsOf("permissionSets").Where(s => !s.TextsOf("callers").Any()).Select(s => new ChecklistItem($"permissionSet {s.TextOf("name")}", "List its callers in callers.")),
        .. catalog.MapsOf("profiles").Select(p => new ChecklistItem($"profile {p.TextOf("name")}", "Name it as the profile of its callers, in callers.")),
        .. Elsewhere(catalog),
    ];

    private static IEnumerable<ChecklistItem> External(YamlMap entry)
    {
        var (called, variant) = ($"externalCredential {entry.TextOf("name")}", entry.TextOf("variant"));
        foreach (var item in Missing(entry, called, "service", "region"))
            yield return item;
        if (entry.MapOf("sts") is { } sts && sts.TextOf("source") is null or "AccessKey")
        {
            foreach (var item in Keys(sts, $"{called} / sts", "of the IAM user that assumes the roles"))
                yield return item;
        }
        if (entry.MapOf("rolesAnywhere") is { } anywhere)
        {
            foreach (var item in Missing(anywhere, $"{called} / rolesAnywhere", "trustAnchorArn", "profileArn"))
                yield return item;
            foreach (var item in Place(anywhere.MapOf("certificate"), $"{called} / rolesAnywhere", "the signing certificate, its intermediates and its private key"))
                yield return item;
        }
        foreach (var principal in entry.MapsOf("principals"))
        {
            var at = $"{called} / principal {principal.TextOf("name")}";
            foreach (var item in variant is null or nameof(CredentialVariant.AccessKey) ? Keys(principal, at, "") : Missing(principal, at, "roleArn"))
                yield return item;
        }
        foreach (var number in entry.MapsOf("principals").GroupBy(p => p.TextOf("sequenceNumber")).Where(g => g.Count() > 1))
            yield return new ChecklistItem(called, $"Give {string.Join(" and ", number.Select(p => p.TextOf("name")))} different sequence numbers: all have {number.Key}.");
    }

    private static IEnumerable<ChecklistItem> Named(YamlMap entry) => Missing(entry, $"namedCredential {entry.TextOf("name")}", "url", "externalCredential");

    private static IEnumerable<ChecklistItem> Keys(YamlMap of, string at, string whose)
    {
        var keys = ((string[])["accessKey", "accessSecret"]).Select(field => (Field: field, Value: of.MapOf(field))).ToList();
        var variables = keys.Select(k => k.Value?.TextOf(Env)).OfType<string>().ToList();
        if (variables.Count > 0)
            yield return new ChecklistItem(at, $"Set {string.Join(" and ", variables)} to the access key {whose}{(whose.Length > 0 ? " " : "")}in the proxy's environment, or write other references.");
        var missing = keys.Where(k => k.Value is null).Select(k => k.Field).ToList();
        if (missing.Count > 0)
            yield return new ChecklistItem(at, $"Fill in {string.Join(" and ", missing)}.");
    }

    private static IEnumerable<ChecklistItem> Place(YamlMap? certificate, string at, string what)
    {
        if (certificate?.TextOf(File) is { } file)
            yield return new ChecklistItem(at, $"Put {what} into {file}, or write another path.");
        else if (certificate?.Field("content") is null)
            yield return new ChecklistItem(at, $"Upload {what}.");
    }

    private static IEnumerable<ChecklistItem> Missing(YamlMap entry, string at, params string[] fields)
    {
        if (fields.Where(f => entry.Field(f) is null).ToList() is { Count: > 0 } missing)
            yield return new ChecklistItem(at, $"Fill in {string.Join(" and ", missing)}.");
    }

    // They may be declared in another file of the catalog, or in Setup.
    private static IEnumerable<ChecklistItem> Elsewhere(YamlMap catalog)
    {
        var here = catalog.MapsOf("externalCredentials").Select(e => e.TextOf("name")).OfType<string>().ToHashSet(DeveloperName.Comparer);
        var granted = catalog.MapsOf("permissionSets").Concat(catalog.MapsOf("profiles")).SelectMany(s => s.TextsOf("principals")).Select(p => p.Split('-')[0]);
        return catalog.MapsOf("namedCredentials").Select(n => n.TextOf("externalCredential")).OfType<string>().Concat(granted)
            .Where(name => !here.Contains(name)).Distinct(DeveloperName.Comparer)
            .Select(name => new ChecklistItem($"externalCredential {name}", "It is not among what was imported: declare it as well, or take out what refers to it."));
    }
}
