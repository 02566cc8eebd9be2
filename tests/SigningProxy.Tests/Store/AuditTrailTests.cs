using SigningProxy.Store;

namespace SigningProxy.Tests.Store;

public sealed class AuditTrailTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly SetupStore _store;

    public AuditTrailTests()
    {
        _store = _folder.Open();
        StoreFolder.Write(_store, StoreFolder.Entry("Orders", "canary"));
        _store.Note("signed in", null, null, "ada", StoreFolder.At.AddMinutes(1));
        _store.Note("test call", "NamedCredential", "Orders", "ada", StoreFolder.At.AddMinutes(2));
        _store.Note("signed in", null, null, "grace", StoreFolder.At.AddMinutes(3));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Read_TellsEveryColumn_TheLatestFirst()
    {
        var rows = _store.Audit(new AuditQuery(10));

        Assert.Equal(["4 grace signed in", "3 ada test call", "2 ada signed in", "1 a test created"], rows.Select(r => $"{r.Id} {r.Who} {r.What}"));
        var created = rows[3];
        Assert.Equal((StoreFolder.At, "NamedCredential", "Orders", null, 1), (created.Time, created.Kind, created.Name, created.FromRevision, created.ToRevision));
        Assert.Equal(["label"], created.Fields);
        Assert.Equal((null, null, 0), (rows[0].Kind, rows[0].Name, rows[0].Fields.Count));
    }

    [Theory]
    [InlineData(2, null, null, null, null, "4,3")]
    [InlineData(10, 3L, null, null, null, "2,1")]
    [InlineData(10, null, "NamedCredential", null, null, "3,1")]
    [InlineData(10, null, null, "orders", null, "3,1")]
    [InlineData(10, null, null, null, "ada", "3,2")]
    [InlineData(1, 4L, "NamedCredential", "ORDERS", "ada", "3")]
    [InlineData(10, null, null, "' OR 1 = 1 --", null, "")]
    public void Read_AnswersWhatIsAskedFor(int limit, long? before, string? kind, string? name, string? who, string ids) =>
        Assert.Equal(ids, string.Join(',', _store.Audit(new AuditQuery(limit, before, kind, name, who)).Select(r => r.Id)));
}
