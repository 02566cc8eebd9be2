using SigningProxy.Store;
using SigningProxy.Store.Sqlite;

namespace SigningProxy.Tests.Store.Sqlite;

/// <summary>What is refused at the opening, and how the files look.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly StoreFolder _folder = new();

    public SqliteFileTests()
    {
        using var store = _folder.Open();
        StoreFolder.Write(store, StoreFolder.Entry("Orders", "one"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_HasEveryFileForItsUserAlone()
    {
        File.SetUnixFileMode(_folder.Database, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        using var store = _folder.Open();
        StoreFolder.Write(store, StoreFolder.Entry("More", "x"));

        Assert.All([_folder.Database, _folder.Database + "-wal", _folder.Database + "-shm"], f => Assert.Equal(OwnerOnly, File.GetUnixFileMode(f)));
    }

    [Fact]
    public void Open_WhenItsFolderIsOpenToOthers_IsRefused()
    {
        var folder = Path.GetDirectoryName(_folder.Database)!;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute);
        AssertRefused($"the folder {folder} of the database has not the mode 0700");
    }

    [Fact]
    public void Open_WhenTheMasterKeyIsAnother_IsRefused_AndNothingChanges()
    {
        var before = File.ReadAllBytes(_folder.Database);
        File.Delete(_folder.KeyFile);
        MasterKey.Make(_folder.KeyFile);
        AssertRefused("the master key is not the one that this database was written under");
        Assert.Equal(before, File.ReadAllBytes(_folder.Database));
    }

    [Theory]
    [InlineData(null, "does not exist")]
    [InlineData("", "holds no master key")]
    [InlineData("AAAA", "holds no master key")]
    [InlineData("not Base64 at all, and by far not", "holds no master key")]
    public void Open_WhenThereIsNoMasterKey_IsRefused(string? text, string why)
    {
        File.Delete(_folder.KeyFile);
        if (text is not null)
            File.WriteAllText(_folder.KeyFile, text);
        AssertRefused(why);
    }

    [Theory]
    [InlineData("PRAGMA user_version = 99", "was written by a later version")]
    [InlineData("PRAGMA application_id = 7", "is of another program")]
    [InlineData("PRAGMA foreign_keys = OFF; DELETE FROM keys", "the database has no keys")]
    public void Open_WhenItIsNoneOfThisVersion_IsRefused(string sql, string why)
    {
        _folder.Run(sql);
        AssertRefused(why);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(12288)]
    public void Open_WhenItIsDamaged_IsRefused(int from)
    {
        var bytes = File.ReadAllBytes(_folder.Database);
        bytes.AsSpan(from, 3000).Fill(0x5A);
        File.WriteAllBytes(_folder.Database, bytes);
        AssertRefused("is damaged");
    }

    [Fact]
    public void ReadBackup_WhenItIsNone_IsRefused()
    {
        SqliteFile.Make(_folder.File("empty"));
        File.WriteAllText(_folder.File("text"), "this is no database");
        Assert.Contains("is no backup", Assert.Throws<StoreException>(() => SetupStore.ReadBackup(_folder.File("empty"), _folder.Key)).Message, StringComparison.Ordinal);
        Assert.Contains("is damaged", Assert.Throws<StoreException>(() => SetupStore.ReadBackup(_folder.File("text"), _folder.Key)).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be opened", Assert.Throws<StoreException>(() => SetupStore.ReadBackup(_folder.File("none"), _folder.Key)).Message, StringComparison.Ordinal);
    }

    private void AssertRefused(string why) => Assert.Contains(why, Assert.Throws<StoreException>(_folder.Open).Message, StringComparison.Ordinal);
}
