using SigningProxy.Catalog;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration;
using SigningProxy.Configuration.Stored;
using SigningProxy.Store;
using SigningProxy.Tests.Store;

namespace SigningProxy.Tests.Configuration.Stored;

public sealed class StoredEntriesTests : IDisposable
{
    private const string Own = """
        externalCredentials:
          - name: Own
            label: "Ürsprüngliches \U0001F600 \"label\": #, {x}"
            authenticationProtocol: AwsSignatureV4
            service: sqs
            region: eu-west-1
            awsAccountId: 012345678901
            principals:
              - {name: "007", sequenceNumber: 1, accessKey: {value: AKIDEXAMPLE000000001}, accessSecret: {value: "  secret: {x}\n"}}
        namedCredentials:
          - {name: Queue, label: Queue, url: "https://sqs.eu-west-1.amazonaws.com", externalCredential: Own, enabledForCallouts: true}
        """;

    private readonly StoreFolder _store = new();
    private readonly CatalogFolder _folder = new();

    public StoredEntriesTests() => _folder.Write("catalog.yaml", "namedCredentials: []");

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Import_IsReadAsTheSameEntriesOfAFileAre()
    {
        using var store = _store.Open();
        Import(store, Own);

        var (made, filed) = (Load(store).Snapshot!, _folder.Load(Own).Snapshot!);

        var (own, other) = (made.ExternalCredentials["own"], filed.ExternalCredentials["own"]);
        Assert.Equal((other.Label, other.AwsAccountId, other.Scope), (own.Label, own.AwsAccountId, own.Scope));
        Assert.Equal(("007", other.Principals[0].Keys!.AccessKeyId), (own.Principals[0].Name, own.Principals[0].Keys!.AccessKeyId));
        Assert.Equal(filed.NamedCredentials["Queue"].Url, made.NamedCredentials["Queue"].Url);
    }

    [Fact]
    public void Import_OfAnExport_ChangesNothing_AndFillsAnEmptyStoreOfTheSameKey()
    {
        using var store = _store.Open();
        Import(store, Own);
        var export = CatalogExport.Of(store.Read(), _store.Key);
        using var empty = SetupStore.Open(new StorePlace(_store.File("empty.db")), () => _store.Key, TimeProvider.System);

        Assert.Empty(Import(store, export));
        Import(empty, export);

        Assert.DoesNotContain("secret: {x}", export, StringComparison.Ordinal);
        Assert.Equal("  secret: {x}\n", empty.Read()[0].Secrets["principals[0].accessSecret"].Value!.Reveal());
    }

    [Fact]
    public void Import_OfASealedSecretInAnotherPlace_IsRefused()
    {
        using var store = _store.Open();
        Import(store, Own);
        var export = CatalogExport.Of(store.Read(), _store.Key).Replace("accessKey:", "sessionToken:", StringComparison.Ordinal);
        Assert.Equal(["the sealed secret of principals[0].sessionToken does not open"], Faults(store, export));
    }

    [Fact]
    public void Import_KeepsSecretsThatAreStored_AndNotesWhatDiffers()
    {
        using var store = _store.Open();
        Import(store, Own);
        var edited = Own.Replace("{value: AKIDEXAMPLE000000001}", "{stored: \"principals[0].accessKey\"}", StringComparison.Ordinal)
            .Replace("  secret: {x}", "another", StringComparison.Ordinal).Replace("service: sqs", "service: sns", StringComparison.Ordinal);

        var change = Assert.Single(Import(store, edited));

        Assert.Equal(["service", "principals[0].accessSecret"], change.Fields);
        Assert.Equal("AKIDEXAMPLE000000001", store.Read().Single(e => e.Name == "Own").Secrets["principals[0].accessKey"].Value!.Reveal());
    }

    [Theory]
    [InlineData("profile: []", "there is no section profile")]
    [InlineData("profiles: [{label: x}]", "name is missing")]
    [InlineData("profiles: {name: x}", "profiles must be a list")]
    [InlineData("profiles: [{name: A}, {name: a}]", "it stands in the file more than once")]
    [InlineData("callers: [{name: a, proofs: [{token: {stored: other}}]}]", "the store has no secret that proofs[0].token could keep")]
    [InlineData("a: [", "this is no YAML")]
    public void Import_OfWhatIsNoCatalog_SaysWhy(string yaml, string rule)
    {
        using var store = _store.Open();
        Assert.StartsWith(rule, Assert.Single(Faults(store, yaml)), StringComparison.Ordinal);
    }

    [Fact]
    public void Import_ThatReplaces_DeletesWhatTheFileHasNot()
    {
        using var store = _store.Open();
        Import(store, Own);
        var changes = new CatalogImport(store.Read(), _store.Key, new FaultList()).Read(_folder.Write("more.yaml", "profiles: []"), replace: true);
        Assert.Equal(["Own", "Queue"], changes.Where(c => c.After is null).Select(c => c.Name));
    }

    [Fact]
    public void Load_WhenAFileHasTheName_FaultsTheEntryAndNamesTheFile()
    {
        using var store = _store.Open();
        Import(store, "profiles: [{name: readers, principals: [Own-007]}]\n" + Own);
        _folder.Write("catalog.yaml", "profiles: [{name: Readers, principals: []}]");

        var fault = Assert.Single(Load(store).Faults, f => f.Entry.Contains("readers", StringComparison.Ordinal));

        Assert.Equal($"error: Setup / profile readers: another profile has this name at {_folder.Catalog}:1. Rename one of them; upper and lower case are alike in names.", CatalogReport.Line(fault));
    }

    [Fact]
    public void Load_WhenASecretWasMoved_FaultsTheEntry_AndTheLastGoodStays()
    {
        using var store = _store.Open();
        Import(store, Own);
        _store.Run("UPDATE secrets SET ciphertext = (SELECT ciphertext FROM secrets WHERE field LIKE '%accessKey') WHERE field LIKE '%accessSecret'");

        var load = Load(store);

        Assert.Null(load.Snapshot);
        Assert.StartsWith("error: Setup / externalCredential Own: the secret of principals[0].accessSecret is lost, for it does not open", CatalogReport.Line(load.Faults[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhenTheDatabaseIsAway_GoesOnWithWhatItHad()
    {
        var away = false;
        using var store = _store.Open();
        Import(store, Own);
        var stored = new StoredCatalog(() => away ? throw new StoreException("it is away", "Bring it back.") : store.Read(), SetupTrust.None);
        var loader = new CatalogLoader(_folder.Catalog, setup: stored);
        var first = loader.Load(null).Snapshot!;

        away = true;
        _folder.Write("catalog.yaml", "profiles: [{name: Readers, principals: [Own-007]}]");
        var second = loader.Load(first).Snapshot!;

        Assert.Equal("it is away. Bring it back.", stored.Problem);
        Assert.True(second.Profiles.ContainsKey("Readers") && second.NamedCredentials.ContainsKey("Queue"));
    }

    [Fact]
    public void Load_WhenTheDatabaseWasNeverThere_Fails() => Assert.Throws<StoreException>(
        () => new CatalogLoader(_folder.Catalog, setup: new StoredCatalog(() => throw new StoreException("it is away", "Bring it back."), SetupTrust.None)).Load(null));

    private CatalogLoad Load(SetupStore store) => new CatalogLoader(_folder.Catalog, setup: new StoredCatalog(store.Read, SetupTrust.None)).Load(null);

    private IReadOnlyList<EntryChange> Import(SetupStore store, string yaml)
    {
        var faults = new FaultList();
        var changes = new CatalogImport(store.Read(), _store.Key, faults).Read(_folder.Write("import.yaml", yaml), replace: false);
        Assert.Empty(faults.Of(FaultSeverity.Error));
        store.Write(changes, store.Read(), "a test", StoreFolder.At);
        return changes;
    }

    private IEnumerable<string> Faults(SetupStore store, string yaml)
    {
        var faults = new FaultList();
        new CatalogImport(store.Read(), _store.Key, faults).Read(_folder.Write("import.yaml", yaml), replace: false);
        return faults.Of(FaultSeverity.Error).Select(f => f.Rule);
    }
}
