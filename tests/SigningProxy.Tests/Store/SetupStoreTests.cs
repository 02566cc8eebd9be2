using SigningProxy.Store;

namespace SigningProxy.Tests.Store;

public sealed class SetupStoreTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_WhenItIsReadAgain_IsAsItWas_AndNotedWithoutTheSecret()
    {
        using (var store = _folder.Open())
            StoreFolder.Write(store, StoreFolder.Entry("Orders", "canary"));
        using var again = _folder.Open();

        var entry = Assert.Single(again.Read());

        Assert.Equal((EntryKind.NamedCredential, "Orders", 1, "label: x"), (entry.Kind, entry.Name, entry.Revision, entry.Body));
        Assert.Equal("canary", Assert.Single(entry.Secrets).Value.Value!.Reveal());
        Assert.Equal(["2026-01-02T03:04:05.000Z|a test|created|NamedCredential|Orders||1|label"], _folder.Ask("SELECT time, who, what, kind, name, from_revision, to_revision, fields FROM audit"));
    }

    [Fact]
    public void Write_WhenAnotherWasFirst_WritesNothing_AndTellsBoth()
    {
        using var store = _folder.Open();
        var before = StoreFolder.Entry("Orders", "one");
        StoreFolder.Write(store, before);
        store.Write([new(before, StoreFolder.Entry("Orders", "two", 2, "label: theirs"), [])], store.Read(), "another", StoreFolder.At);

        var conflict = Assert.Throws<RevisionConflictException>(() => store.Write(
            [new(null, StoreFolder.Entry("First", "x"), []), new(before, StoreFolder.Entry("orders", "three", 2, "label: mine"), [])], store.Read(), "a test", StoreFolder.At));

        Assert.Equal(("label: mine", "label: theirs"), (conflict.Change.After!.Body, conflict.Now!.Body));
        Assert.Equal(["Orders two"], store.Read().Select(e => $"{e.Name} {e.Secrets.Single().Value.Value!.Reveal()}"));
        Assert.Equal(["2"], _folder.Ask("SELECT count(*) FROM audit"));
    }

    [Fact]
    public void Write_WhenAnEntryThatWasThoughtNewIsThere_IsAConflict()
    {
        using var store = _folder.Open();
        StoreFolder.Write(store, StoreFolder.Entry("Orders", "one"));
        Assert.Throws<RevisionConflictException>(() => StoreFolder.Write(store, StoreFolder.Entry("ORDERS", "two")));
    }

    [Fact]
    public void Write_WhenItDeletes_TakesTheSecretsAlong()
    {
        using var store = _folder.Open();
        StoreFolder.Write(store, StoreFolder.Entry("Orders", "one"));

        store.Write([new(store.Read()[0], null, [])], store.Read(), "a test", StoreFolder.At);

        Assert.Empty(store.Read());
        Assert.Equal(["0"], _folder.Ask("SELECT count(*) FROM secrets"));
    }

    [Fact]
    public void Write_OfAnEntryMadeAnew_GivesNoRevisionThatWasGivenBefore()
    {
        using var store = _folder.Open();
        StoreFolder.Write(store, StoreFolder.Entry("Orders", "one"));
        var first = store.Read()[0];
        store.Write([new(first, StoreFolder.Entry("Orders", "two", 2), [])], store.Read(), "a test", StoreFolder.At);
        store.Write([new(store.Read()[0], null, [])], store.Read(), "a test", StoreFolder.At);

        StoreFolder.Write(store, StoreFolder.Entry("ORDERS", "three"));

        var anew = Assert.Single(store.Read());
        Assert.Equal((3, "three"), (anew.Revision, anew.Secrets.Single().Value.Value!.Reveal()));
        Assert.Equal(3, store.Audit(new AuditQuery(1))[0].ToRevision);
        Assert.Throws<RevisionConflictException>(() => store.Write([new(first, null, [])], store.Read(), "a test", StoreFolder.At));
    }

    [Fact]
    public void Write_WhenAnotherEntryWasChangedMeanwhile_WritesNothing()
    {
        using var store = _folder.Open();
        var judgedBeside = store.Read();
        StoreFolder.Write(store, StoreFolder.Entry("Theirs", "x"));

        var fault = Assert.Throws<StoreException>(() => store.Write([new(null, StoreFolder.Entry("Mine", "x"), [])], judgedBeside, "a test", StoreFolder.At));

        Assert.StartsWith("another change was made meanwhile", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["Theirs"], store.Read().Select(e => e.Name));
    }

    [Fact]
    public void Read_WhenTheDatabaseIsLost_NeverTakesAnEmptyOneForIt()
    {
        using var store = _folder.Open();
        Assert.True(store.IsNew);
        StoreFolder.Write(store, StoreFolder.Entry("Orders", "one"));
        _folder.Run("UPDATE entries SET updated = 'later'; PRAGMA wal_checkpoint(TRUNCATE)");
        File.WriteAllText(_folder.Database, new string('x', 65536));
        Assert.Contains("is damaged", Assert.Throws<StoreException>(store.Read).Message, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_folder.Database)!, "setup.db*"))
            File.Delete(file);

        Assert.Contains("is not there any more", Assert.Throws<StoreException>(store.Read).Message, StringComparison.Ordinal);

        Assert.False(File.Exists(_folder.Database));
    }

    // Full, so far as the database knows; a file system that is full is tried with the executable.
    [Fact]
    public void Write_WhenThereIsNoRoom_KeepsWhatThereWas()
    {
        using var store = _folder.Open();
        StoreFolder.Write(store, StoreFolder.Entry("Orders", "one"));
        _folder.Run("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END");

        Assert.Throws<StoreException>(() => StoreFolder.Write(store, StoreFolder.Entry("More", "x")));

        Assert.Equal(["Orders"], store.Read().Select(e => e.Name));
    }

    [Theory]
    [InlineData("UPDATE secrets SET ciphertext = (SELECT ciphertext FROM secrets WHERE entry = 2) WHERE entry = 1")]
    [InlineData("UPDATE secrets SET field = 'customHeaders[1].value' WHERE entry = 1")]
    [InlineData("UPDATE entries SET body = 'label: y' WHERE id = 1")]
    [InlineData("UPDATE entries SET name = 'Other' WHERE id = 1")]
    [InlineData("UPDATE entries SET kind = 'Certificate' WHERE id = 1")]
    [InlineData("UPDATE entries SET revision = 7 WHERE id = 1")]
    [InlineData("UPDATE secrets SET ciphertext = substr(ciphertext, 1, 20) WHERE entry = 1")]
    public void Read_WhenARowWasAltered_OpensItsSecretNoMore(string sql)
    {
        using var store = _folder.Open();
        StoreFolder.Write(store, StoreFolder.Entry("Orders", "one"), StoreFolder.Entry("Files", "two"));

        Assert.NotEqual(0, _folder.Run(sql));

        var (altered, other) = (store.Read()[0].Secrets.Single().Value, store.Read()[1].Secrets.Single().Value);
        Assert.Null(altered.Value);
        Assert.Contains("it does not open", altered.Problem, StringComparison.Ordinal);
        Assert.Equal("two", other.Value!.Reveal());
    }

    [Fact]
    public void Read_WhenThereIsAKindThatNobodyKnows_Fails()
    {
        using var store = _folder.Open();
        StoreFolder.Write(store, StoreFolder.Entry("Orders", "one"));
        _folder.Run("UPDATE entries SET kind = 'Spell'");
        Assert.Contains("an entry of an unknown kind", Assert.Throws<StoreException>(store.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_ChangesWhenAnotherProcessWrites()
    {
        using var store = _folder.Open();
        var before = store.Version();
        Assert.Equal(before, store.Version());

        using (var other = _folder.Open())
            StoreFolder.Write(other, StoreFolder.Entry("Orders", "one"));

        Assert.NotEqual(before, store.Version());
    }

    [Fact]
    public void Rekey_WrapsAnew_AndTheOldKeyOpensNothing()
    {
        var next = _folder.File("next.key");
        MasterKey.Make(next);
        using (var store = _folder.Open())
        {
            StoreFolder.Write(store, StoreFolder.Entry("Orders", "one"));
            store.Rekey(MasterKey.InFile(next), "a test", StoreFolder.At);
            Assert.Contains("the master key is not the one", Assert.Throws<StoreException>(store.Read).Message, StringComparison.Ordinal);
            File.Move(next, _folder.KeyFile, overwrite: true);
            Assert.Equal("one", store.Read()[0].Secrets.Single().Value.Value!.Reveal());
        }
    }

    [Fact]
    public void BackUpAndRestore_BringBackWhatWas_ToWhoeverHasItOpen()
    {
        using var store = _folder.Open();
        using var other = _folder.Open();
        StoreFolder.Write(store, StoreFolder.Entry("Orders", "one"));
        store.BackUp(_folder.File("backup"));
        StoreFolder.Write(store, StoreFolder.Entry("Later", "two"));
        var version = other.Version();

        store.Restore(_folder.File("backup"), "a test", StoreFolder.At);

        Assert.NotEqual(version, other.Version());
        Assert.Equal(["Orders one"], other.Read().Select(e => $"{e.Name} {e.Secrets.Single().Value.Value!.Reveal()}"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("backup")));
        Assert.Throws<IOException>(() => store.BackUp(_folder.File("backup")));
    }

    [Fact]
    public void Restore_WhenWhatItBroughtBackIsChanged_GivesNoRevisionThatWasGivenBeforeIt()
    {
        using var store = _folder.Open();
        StoreFolder.Write(store, StoreFolder.Entry("Orders", "one"));
        store.WriteAdministrator(null, new StoredAdministrator("ada", 1, "{}"), [], "a test", StoreFolder.At);
        store.BackUp(_folder.File("backup"));
        store.Write([new(store.Read()[0], StoreFolder.Entry("Orders", "lost", 2), [])], store.Read(), "a test", StoreFolder.At);

        store.Restore(_folder.File("backup"), "a test", StoreFolder.At);
        store.Write([new(store.Read()[0], StoreFolder.Entry("Orders", "two", 2), [])], store.Read(), "a test", StoreFolder.At);
        store.WriteAdministrator(store.Administrators()[0], new StoredAdministrator("ada", 2, "{more}"), store.Administrators(), "a test", StoreFolder.At);

        Assert.Equal((3, 3), (store.Read()[0].Revision, store.Administrators()[0].Revision));
    }
}
