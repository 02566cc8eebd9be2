using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Store;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>The store in PostgreSQL gives what it gives in SQLite.</summary>
public sealed class PostgresStoreTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task Write_WhenItIsReadAgain_IsAsItWas_AndNotedWithoutTheSecret()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        using (var store = server.Open(database))
        {
            Assert.True(store.IsNew);
            Write(store, Entry("Orders", "canary"));
        }
        using var again = server.Open(database);
        Assert.False(again.IsNew);

        var entry = Assert.Single(again.Read());

        Assert.Equal((EntryKind.NamedCredential, "Orders", 1, "label: x"), (entry.Kind, entry.Name, entry.Revision, entry.Body));
        Assert.Equal("canary", Assert.Single(entry.Secrets).Value.Value!.Reveal());
        var row = Assert.Single(again.Audit(new AuditQuery(10, Kind: "NamedCredential", Name: "ORDERS", Who: "a test", Before: 99)));
        Assert.Equal(new AuditRow(row.Id, At, "a test", "created", "NamedCredential", "Orders", null, 1, row.Fields), row);
        Assert.Equal(0L, await server.RunAsync(database, "SELECT count(*) FROM signing_proxy.secrets WHERE position('canary'::bytea IN ciphertext) > 0"));
    }

    [Fact]
    public async Task Write_WhenAnotherWasFirst_WritesNothing_AndTellsBoth()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        using var store = server.Open(database);
        using var other = server.Open(database);
        var before = Entry("Orders", "one");
        Write(store, before);
        var judged = store.Read();
        other.Write([new(before, Entry("Orders", "two", 2, "label: theirs"), [])], other.Read(), "another", At);

        var conflict = Assert.Throws<RevisionConflictException>(() => store.Write([new(before, Entry("orders", "three", 2, "label: mine"), [])], judged, "a test", At));
        Assert.Equal(("label: mine", "label: theirs"), (conflict.Change.After!.Body, conflict.Now!.Body));
        Assert.Throws<RevisionConflictException>(() => Write(store, Entry("ORDERS", "x")));
        Assert.StartsWith(
            "another change was made meanwhile",
            Assert.Throws<StoreException>(() => store.Write([new(null, Entry("Mine", "x"), [])], judged, "a test", At)).Message, StringComparison.Ordinal);

        Assert.Equal(["Orders two"], store.Read().Select(e => $"{e.Name} {e.Secrets.Single().Value.Value!.Reveal()}"));
        Assert.Equal(2, store.Audit(new AuditQuery(10)).Count);
    }

    [Fact]
    public async Task Write_OfAnEntryMadeAnew_GivesNoRevisionThatWasGivenBefore()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        using (var store = server.Open(database))
        {
            Write(store, Entry("Orders", "one"));
            store.Write([new(store.Read()[0], null, [])], store.Read(), "a test", At);
        }
        // As the version before left it.
        await server.RunAsync(database, "DROP TABLE signing_proxy.ended_sessions; ALTER TABLE signing_proxy.state DROP COLUMN spent; UPDATE signing_proxy.state SET version = 1");
        using var again = server.Open(database);

        Write(again, Entry("Orders", "two"));

        var anew = Assert.Single(again.Read());
        Assert.Equal((2, "two"), (anew.Revision, anew.Secrets.Single().Value.Value!.Reveal()));
        Assert.Equal(3L, await server.RunAsync(database, "SELECT count(*) FROM signing_proxy.audit"));
    }

    [Fact]
    public async Task ConcurrentWriters_NeverWriteOverEachOther()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        using (var store = server.Open(database))
            Write(store, Entry("Shared", "x"));
        var (made, conflicts) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            using var store = server.Open(database);
            for (var turn = 0; turn < 25; turn++)
            {
                var judged = store.Read();
                var shared = judged.Single(e => e.Name == "Shared");
                try
                {
                    store.Write(
                        [new(shared, shared with { Revision = shared.Revision + 1 }, []), new(null, Entry($"W{writer}_{turn}", "x"), [])], judged, $"writer {writer}", At);
                    Interlocked.Increment(ref made);
                }
                catch (Exception e) when (e is RevisionConflictException || e.Message.StartsWith("another change was made", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref conflicts);
                }
            }
        })));

        using var after = server.Open(database);
        Assert.Equal(100, made + conflicts);
        Assert.True(conflicts > 0, "Nobody came upon another.");
        Assert.Equal(made + 1, after.Read().Count);
        Assert.Equal(made + 1, after.Read().Single(e => e.Name == "Shared").Revision);
        Assert.Equal((2 * made) + 1, after.Audit(new AuditQuery(1000)).Count);
    }

    [Fact]
    public async Task StoresThatStartTogether_MakeTheTablesOnce()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => server.Open(database))));
        Assert.Single(stores, s => s.IsNew);
        foreach (var store in stores)
        {
            Assert.Empty(store.Read());
            store.Dispose();
        }
        Assert.Equal(1L, await server.RunAsync(database, "SELECT count(*) FROM signing_proxy.keys"));
    }

    [Theory]
    [InlineData("UPDATE signing_proxy.secrets SET ciphertext = (SELECT ciphertext FROM signing_proxy.secrets WHERE entry = 2) WHERE entry = 1")]
    [InlineData("UPDATE signing_proxy.entries SET body = 'label: y' WHERE id = 1")]
    [InlineData("UPDATE signing_proxy.entries SET name = 'Other' WHERE id = 1")]
    [InlineData("UPDATE signing_proxy.entries SET revision = 7 WHERE id = 1")]
    public async Task Read_WhenARowWasAltered_OpensItsSecretNoMore_AndTheChangeIsSeen(string sql)
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        using var store = server.Open(database);
        Write(store, Entry("Orders", "one"), Entry("Files", "two"));
        var version = store.Version();
        Assert.Equal(version, store.Version());

        await server.RunAsync(database, sql);

        Assert.NotEqual(version, store.Version());
        Assert.Null(store.Read()[0].Secrets.Single().Value.Value);
        Assert.Equal("two", store.Read()[1].Secrets.Single().Value.Value!.Reveal());
    }

    [Fact]
    public async Task AdministratorsAndProtectionKeys_AreKept_AlsoUnderAnotherMasterKey()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        var (first, next) = (Path.GetTempFileName(), Path.GetTempFileName());
        File.Delete(first);
        File.Delete(next);
        MasterKey.Make(first);
        MasterKey.Make(next);
        var key = first;
        using var store = SetupStore.Open(server.Place(database), () => MasterKey.InFile(key), TimeProvider.System);
        store.WriteAdministrator(null, new StoredAdministrator("ada", 1, "{}"), [], "a test", At);
        Assert.Throws<AdministratorConflictException>(() => store.WriteAdministrator(null, new StoredAdministrator("ADA", 1, "{}"), store.Administrators(), "a test", At));
        store.AddProtectionKey("one", "<key/>");
        Assert.Throws<StoreException>(() => store.AddProtectionKey("one", "<other/>"));

        store.Rekey(MasterKey.InFile(next), "a test", At);

        Assert.Contains("the master key is not the one", Assert.Throws<StoreException>(store.ProtectionKeys).Message, StringComparison.Ordinal);
        key = next;
        Assert.Equal(["<key/>"], store.ProtectionKeys());
        Assert.Equal([new StoredAdministrator("ada", 1, "{}")], store.Administrators());
        Assert.Equal(["rekeyed", "created"], store.Audit(new AuditQuery(10)).Select(r => r.What));
        File.Delete(first);
        File.Delete(next);
    }

    [Fact]
    public async Task Tables_ThatAreLostOrOfALaterVersion_AreNeverReplaced()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        using var store = server.Open(database);
        await server.RunAsync(database, "UPDATE signing_proxy.state SET version = 99");
        Assert.Contains("by a later version", Assert.Throws<StoreException>(() => server.Open(database)).Message, StringComparison.Ordinal);

        await server.RunAsync(database, "DROP SCHEMA signing_proxy CASCADE");

        Assert.Throws<StoreException>(store.Read);
        Assert.Contains("is not there any more", Assert.Throws<StoreException>(store.Read).Message, StringComparison.Ordinal);
        Assert.Equal(0L, await server.RunAsync(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'signing_proxy'"));
    }

    [Fact]
    public async Task BackupAndRestore_PointAtPostgresOwnTools()
    {
        server.Need();
        using var store = server.Open(await server.CreateDatabaseAsync());
        Assert.Contains("pg_dump", Assert.Throws<StoreException>(() => store.BackUp("x")).Message, StringComparison.Ordinal);
        Assert.Contains("pg_restore", Assert.Throws<StoreException>(() => store.Restore("x", "a test", At)).Message, StringComparison.Ordinal);
    }

    private static StoredEntry Entry(string name, string secret, long revision = 1, string body = "label: x") => new(
        EntryKind.NamedCredential, name, revision, body, new Dictionary<string, Reading<Secret>> { ["customHeaders[0].value"] = new(new Secret(secret), null) });

    private static void Write(SetupStore store, params StoredEntry[] entries) =>
        store.Write([.. entries.Select(e => new EntryChange(null, e, ["label"]))], store.Read(), "a test", At);
}
