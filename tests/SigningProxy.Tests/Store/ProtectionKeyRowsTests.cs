using System.Text;
using SigningProxy.Store;

namespace SigningProxy.Tests.Store;

public sealed class ProtectionKeyRowsTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keys_AreReadAgainAsTheyWere_AlsoUnderAnotherMasterKey_AndOutOfABackup()
    {
        var next = _folder.File("next.key");
        MasterKey.Make(next);
        using var store = _folder.Open();
        store.AddProtectionKey("one", "<canary>1</canary>");
        store.WriteAdministrator(null, new StoredAdministrator("ada", 1, "{}"), [], "a test", StoreFolder.At);
        store.BackUp(_folder.File("backup"));
        store.AddProtectionKey("two", "<canary>2</canary>");
        store.Rekey(MasterKey.InFile(next), "a test", StoreFolder.At);
        Assert.Throws<StoreException>(store.ProtectionKeys);
        File.Move(_folder.KeyFile, _folder.File("old.key"));
        File.Move(next, _folder.KeyFile);

        Assert.Equal(["<canary>1</canary>", "<canary>2</canary>"], store.ProtectionKeys());

        File.Move(_folder.File("old.key"), _folder.KeyFile, overwrite: true);
        store.Restore(_folder.File("backup"), "a test", StoreFolder.At);
        Assert.Equal(["<canary>1</canary>"], store.ProtectionKeys());
        Assert.Equal(["ada"], store.Administrators().Select(a => a.Name));
    }

    [Fact]
    public void Keys_StandInNoFileInTheClear()
    {
        using var store = _folder.Open();
        store.AddProtectionKey("one", "<canary>1</canary>");
        store.BackUp(_folder.File("backup"));
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_folder.Database)!))
            Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes("canary")));
    }

    [Theory]
    [InlineData("UPDATE protection_keys SET name = 'two'")]
    [InlineData("UPDATE protection_keys SET ciphertext = substr(ciphertext, 1, 30)")]
    public void Keys_WhenTheirRowWasAltered_DoNotOpen(string sql)
    {
        using var store = _folder.Open();
        store.AddProtectionKey("one", "<key/>");
        _folder.Run(sql);
        Assert.Contains("does not open", Assert.Throws<StoreException>(store.ProtectionKeys).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OfANameThatThereIs_IsRefused()
    {
        using var store = _folder.Open();
        store.AddProtectionKey("one", "<first/>");
        Assert.Throws<StoreException>(() => store.AddProtectionKey("one", "<second/>"));
        Assert.Equal(["<first/>"], store.ProtectionKeys());
    }
}
