using SigningProxy.Store;
using SigningProxy.Store.Sqlite;

namespace SigningProxy.Tests.Store.Sqlite;

/// <summary>A database as the first version made it.</summary>
public sealed class VersionOneTests : IDisposable
{
    // As they stood in the first version; not taken from the sources.
    private const string Tables =
        """
        PRAGMA journal_mode = WAL;
        CREATE TABLE keys (version INTEGER PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
        CREATE TABLE entries (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, body TEXT NOT NULL,
            revision INTEGER NOT NULL, updated TEXT NOT NULL, UNIQUE (kind, name)) STRICT;
        CREATE TABLE secrets (
            entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE, field TEXT NOT NULL,
            key INTEGER NOT NULL REFERENCES keys (version), ciphertext BLOB NOT NULL, PRIMARY KEY (entry, field)) STRICT, WITHOUT ROWID;
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, kind TEXT, name TEXT,
            from_revision INTEGER, to_revision INTEGER, fields TEXT NOT NULL) STRICT;
        INSERT INTO entries VALUES (7, 'NamedCredential', 'Orders', 'label: x', 3, '2026-01-02T03:04:05.000Z');
        INSERT INTO audit VALUES (0, '2026-01-01T03:04:05.000Z', 'ada', 'deleted', 'NamedCredential', 'Gone', 8, NULL, '');
        INSERT INTO audit VALUES (1, '2026-01-02T03:04:05.000Z', 'ada', 'changed', 'NamedCredential', 'Orders', 2, 3, 'label' || char(10) || 'url');
        PRAGMA application_id = 1399287376; PRAGMA user_version = 1;
        """;

    private readonly StoreFolder _folder = new();

    public VersionOneTests()
    {
        SqliteFile.Make(_folder.Database);
        var (dataKey, place) = (new byte[SealingKey.Length], (string[])["7", "NamedCredential", "Orders", "3", "customHeaders[0].value", "label: x"]);
        _folder.Run(Tables);
        _folder.Run($"INSERT INTO keys VALUES (1, x'{Convert.ToHexString(_folder.Key.Wrap(dataKey, 1))}')");
        _folder.Run($"INSERT INTO secrets VALUES (7, 'customHeaders[0].value', 1, x'{Convert.ToHexString(new SealingKey(dataKey).Seal("canary"u8, place))}')");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_OfTheFirstVersion_KeepsEntriesSecretsAndTrail_AndHasRoomForTheRest()
    {
        using var store = _folder.Open();

        var entry = Assert.Single(store.Read());
        Assert.Equal(("Orders", 3, "canary"), (entry.Name, entry.Revision, entry.Secrets.Single().Value.Value!.Reveal()));
        var row = Assert.Single(store.Audit(new AuditQuery(10, Name: "Orders")));
        Assert.Equal(new AuditRow(1, StoreFolder.At, "ada", "changed", "NamedCredential", "Orders", 2, 3, row.Fields), row);
        Assert.Equal(["label", "url"], row.Fields);
        store.WriteAdministrator(null, new StoredAdministrator("ada", 1, "x"), [], "a test", StoreFolder.At);
        store.AddProtectionKey("one", "<key/>");
        Assert.Equal(["4"], _folder.Ask("PRAGMA user_version"));
        Assert.False(store.IsNew);
    }

    [Fact]
    public void Open_OfTheFirstVersion_GivesNoRevisionOfWhatWasDeleted()
    {
        using var store = _folder.Open();

        StoreFolder.Write(store, StoreFolder.Entry("Gone", "x"));

        Assert.Equal(9, store.Read().Single(e => e.Name == "Gone").Revision);
    }

    [Fact]
    public void Restore_OfABackupOfTheFirstVersion_BringsItToThis()
    {
        File.Copy(_folder.Database, _folder.File("backup"));
        using var store = _folder.Open();
        StoreFolder.Write(store, [.. store.Read().Take(0), StoreFolder.Entry("Later", "x")]);

        Assert.Equal(["Orders"], SetupStore.ReadBackup(_folder.File("backup"), _folder.Key).Select(e => e.Name));
        store.Restore(_folder.File("backup"), "a test", StoreFolder.At);

        Assert.Equal("canary", Assert.Single(store.Read()).Secrets.Single().Value.Value!.Reveal());
        Assert.Equal(["4"], _folder.Ask("PRAGMA user_version"));
        Assert.Empty(store.Administrators());
    }
}
