using SigningProxy.Store;

namespace SigningProxy.Tests.Store;

public sealed class AdministratorRowsTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly SetupStore _store;

    public AdministratorRowsTests() => _store = _folder.Open();

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Write_MakesChangesAndDeletes_EachWithItsRowOfTheTrail()
    {
        var (first, second) = (new StoredAdministrator("ada", 1, "{}"), new StoredAdministrator("ada", 2, "{more}"));
        Write(null, first);
        Write(null, new StoredAdministrator("Zoe", 1, "{}"));
        Write(first, second);
        Assert.Equal([second, new StoredAdministrator("Zoe", 1, "{}")], _store.Administrators());

        Write(second, null);

        Assert.Equal(["Zoe"], _store.Administrators().Select(a => a.Name));
        Assert.Equal(
            ["ada deleted 2->", "ada changed 1->2", "ada created ->1"],
            _store.Audit(new AuditQuery(10, Kind: "Administrator", Name: "ADA")).Select(r => $"{r.Name} {r.What} {r.FromRevision}->{r.ToRevision}"));
    }

    [Fact]
    public void Write_WhenAnotherWasFirst_WritesNothing_AndTellsWhatThereIs()
    {
        var first = new StoredAdministrator("ada", 1, "{}");
        Write(null, first);
        Write(first, new StoredAdministrator("ada", 2, "{theirs}"));

        Assert.Equal("{theirs}", Assert.Throws<AdministratorConflictException>(() => Write(first, new StoredAdministrator("ada", 2, "{mine}"))).Now!.Body);
        Assert.Equal("{theirs}", Assert.Throws<AdministratorConflictException>(() => Write(null, new StoredAdministrator("ADA", 1, "{mine}"))).Now!.Body);
        Assert.Equal("{theirs}", Assert.Throws<AdministratorConflictException>(() => Write(first, null)).Now!.Body);
        Assert.Null(Assert.Throws<AdministratorConflictException>(() => Write(new StoredAdministrator("eve", 1, "{}"), null)).Now);

        Assert.Equal("{theirs}", Assert.Single(_store.Administrators()).Body);
        Assert.Equal(["2"], _folder.Ask("SELECT count(*) FROM audit"));
    }

    [Fact]
    public void Write_WhenAnotherAdministratorWasChanged_WritesNothing()
    {
        var (ada, bob) = (new StoredAdministrator("ada", 1, "{}"), new StoredAdministrator("bob", 1, "{}"));
        Write(null, ada);
        Write(null, bob);
        var judged = _store.Administrators();
        Write(bob, null);

        // Beside bob, ada could go; without, nobody would be left.
        Assert.Throws<StoreException>(() => _store.WriteAdministrator(ada, null, judged, "a test", StoreFolder.At));
        Assert.Throws<StoreException>(() => _store.WriteAdministrator(null, new StoredAdministrator("eve", 1, "{}"), [], "a test", StoreFolder.At));

        Assert.Equal([ada], _store.Administrators());
        Assert.Equal(["3"], _folder.Ask("SELECT count(*) FROM audit"));
    }

    [Fact]
    public void Write_OfOneMadeAnew_GivesNoRevisionThatWasGivenBefore()
    {
        var first = new StoredAdministrator("ada", 1, "{}");
        Write(null, first);
        Write(first, null);

        Write(null, first);

        Assert.Equal(2, Assert.Single(_store.Administrators()).Revision);
        Assert.Throws<AdministratorConflictException>(() => Write(first, null));
    }

    private void Write(StoredAdministrator? before, StoredAdministrator? after) => _store.WriteAdministrator(before, after, _store.Administrators(), "a test", StoreFolder.At);
}
