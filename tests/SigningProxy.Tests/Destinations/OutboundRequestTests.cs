using SigningProxy.Bodies;
using SigningProxy.Destinations;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Destinations;

public sealed class OutboundRequestTests
{
    private readonly OutboundRequest _request = new() { Method = "GET", Path = "/", Query = "", Host = "h" };

    [Fact]
    public void Set_TakesThePlaceOfAllOfTheName()
    {
        Add("A", "1", "B", "2", "a", "3", "A", "4");

        _request.Set("a", "5");
        _request.Set("C", "6");

        Assert.Equal(["a=5", "B=2", "C=6"], Lines());
    }

    [Fact]
    public void Join_MakesOneLine()
    {
        _request.Join("A", "1");
        _request.Join("a", "2");

        Assert.Equal(["A=1, 2"], Lines());
    }

    [Fact]
    public void Remove_LeavesNoneOfTheName()
    {
        Add("A", "1", "B", "2", "a", "3");

        _request.Remove("A");

        Assert.Equal(["B=2"], Lines());
    }

    [Theory]
    [InlineData("GET", false, false, true)]
    [InlineData("PUT", true, false, true)]
    [InlineData("PUT", false, true, false)]
    [InlineData("POST", true, false, false)]
    [InlineData("POST", false, false, false)]
    [InlineData("PATCH", false, false, false)]
    public async Task MayBeRepeated_WhereTwiceIsOnce(string method, bool held, bool passing, bool may)
    {
        await using var buffer = new BodyBuffer(new BodyOptions(), new Budget(1 << 20), new Budget(1 << 20));
        var body = held ? new RequestBody(buffer, null, 0) : passing ? new RequestBody(null, null, 5) : null;

        Assert.Equal(may, new OutboundRequest { Method = method, Path = "/", Query = "", Host = "h", Body = body }.MayBeRepeated);
    }

    [Theory]
    [InlineData("PUT", "If-None-Match", false)]
    [InlineData("DELETE", "if-match", false)]
    [InlineData("PUT", "X-Amz-Meta-If", true)]
    [InlineData("GET", "If-None-Match", true)]
    public void MayBeRepeated_WhereTheFirstDoesNotUndoTheCondition(string method, string header, bool may) =>
        Assert.Equal(may, new OutboundRequest { Method = method, Path = "/", Query = "", Host = "h", Headers = { new RequestHeader(header, "*") } }.MayBeRepeated);

    private void Add(params string[] pairs)
    {
        foreach (var pair in pairs.Chunk(2))
            _request.Headers.Add(new RequestHeader(pair[0], pair[1]));
    }

    private IEnumerable<string> Lines() => _request.Headers.Select(h => $"{h.Name}={h.Value}");
}
