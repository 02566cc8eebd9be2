using System.Data.Common;
using System.Text;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Store;

/// <summary>Reads entries and opens their secrets. A secret opens only in the very row and revision, and beside the very body, that it was written with.</summary>
internal sealed class EntryRows(DbConnection connection, DataKeys keys)
{
    private const string NotOpened = "it does not open: it was not written for this place, or the entry was altered behind Setup's back";

    /// <summary>An entry with its number, its secrets still sealed.</summary>
    public sealed record Row(long Id, EntryKind Kind, string Name, string Body, long Revision);

    public IReadOnlyList<StoredEntry> All()
    {
        var secrets = connection.Rows("SELECT entry, field, key, ciphertext FROM secrets", Sealed).ToLookup(s => s.Entry);
        return [.. Rows().Select(row => Entry(row, secrets[row.Id]))];
    }

    /// <summary>In the order of <see cref="All"/>.</summary>
    public IReadOnlyList<Row> Rows() => connection.Rows(
        "SELECT id, kind, name, body, revision FROM entries ORDER BY id",
        row => new Row(row.GetInt64(0), Kind(row.GetString(1)), row.GetString(2), row.GetString(3), row.GetInt64(4)));

    public StoredEntry Entry(Row row) =>
        Entry(row, connection.Rows("SELECT entry, field, key, ciphertext FROM secrets WHERE entry = @entry", Sealed, ("@entry", row.Id)));

    public void Seal(long id, StoredEntry entry)
    {
        foreach (var (field, secret) in entry.Secrets)
        {
            connection.Run(
                "INSERT INTO secrets (entry, field, key, ciphertext) VALUES (@entry, @field, @key, @ciphertext)",
                ("@entry", id), ("@field", field), ("@key", keys.Latest),
                ("@ciphertext", keys[keys.Latest].Seal(Encoding.UTF8.GetBytes(secret.Value!.Reveal()), Place(id, entry, field))));
        }
    }

    private static string[] Place(long id, StoredEntry entry, string field) => [$"{id}", $"{entry.Kind}", entry.Name, $"{entry.Revision}", field, entry.Body];

    private static EntryKind Kind(string word) => Enum.TryParse<EntryKind>(word, out var kind)
        ? kind
        : throw new StoreException("the database holds an entry of an unknown kind", "Bring back a backup: signing-proxy catalog restore FILE.");

    private static (long Entry, string Field, long Key, byte[] Ciphertext) Sealed(DbDataReader row) => (row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.Bytes(3));

    private StoredEntry Entry(Row row, IEnumerable<(long Entry, string Field, long Key, byte[] Ciphertext)> secrets)
    {
        var entry = new StoredEntry(row.Kind, row.Name, row.Revision, row.Body, new Dictionary<string, Reading<Secret>>());
        return entry with
        {
            Secrets = secrets.ToDictionary(
                s => s.Field,
                s => keys[s.Key].Open(s.Ciphertext, Place(row.Id, entry, s.Field)) is { } text
                    ? new Reading<Secret>(new Secret(Encoding.UTF8.GetString(text)), null)
                    : new Reading<Secret>(null, NotOpened),
                StringComparer.Ordinal),
        };
    }
}
