using System.Text.Json;
using SigningProxy.Catalog;
using SigningProxy.Configuration.Stored;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>Writes entries as the API shows them.</summary>
internal static class EntryItem
{
    /// <param name="to">Inside an object.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="catalog">The catalog that it stands in, which tells how it is.</param>
    public static void Write(Utf8JsonWriter to, EntryView entry, CatalogSnapshot catalog)
    {
        foreach (var (key, value) in entry.Fields.Entries.Where(e => e.Value is not YamlText { IsNull: true }))
        {
            to.WritePropertyName(key.Value);
            if (entry.Kind == EntryKind.ExternalCredential && key.Value == "principals" && value is YamlList principals)
                WritePrincipals(to, entry, principals, catalog);
            else
                EntryJson.Write(to, key.Value, value);
        }
        WriteRest(to, entry.Kind.Word(), entry);
        if (entry.Kind == EntryKind.ExternalCredential)
            EntryStatus.Write(to, EntryStatus.Of(catalog, entry.Name));
        else if (entry.Kind == EntryKind.Certificate)
            EntryStatus.WriteCertificate(to, catalog.Certificates.GetValueOrDefault(entry.Name));
    }

    public static void WritePrincipal(Utf8JsonWriter to, EntryView owner, YamlMap principal, CatalogSnapshot catalog)
    {
        EntryJson.WriteMembers(to, principal);
        WriteRest(to, "principal", owner);
        EntryStatus.Write(to, EntryStatus.Of(catalog, owner.Name, EntryJson.Text(principal, "name") ?? ""));
    }

    private static void WritePrincipals(Utf8JsonWriter to, EntryView owner, YamlList principals, CatalogSnapshot catalog)
    {
        to.WriteStartArray();
        foreach (var item in principals.Items)
        {
            if (item is not YamlMap principal)
            {
                EntryJson.Write(to, "", item);
                continue;
            }
            to.WriteStartObject();
            EntryJson.WriteMembers(to, principal);
            EntryStatus.Write(to, EntryStatus.Of(catalog, owner.Name, EntryJson.Text(principal, "name") ?? ""));
            to.WriteEndObject();
        }
        to.WriteEndArray();
    }

    private static void WriteRest(Utf8JsonWriter to, string kind, EntryView entry)
    {
        to.WriteString("kind", kind);
        to.WriteNumber("revision", entry.Revision);
        if (entry.Provisioned is var (file, line))
        {
            to.WriteStartObject("provisioned");
            to.WriteString("file", file);
            to.WriteNumber("line", line);
            to.WriteEndObject();
        }
        else
        {
            to.WriteNull("provisioned");
        }
    }
}
