using System.Net;
using System.Text;
using System.Text.Json;

namespace SigningProxy.Tests.LocalAws;

public sealed class DynamoDbDestinationTests(RunningLocalAws aws) : IClassFixture<RunningLocalAws>
{
    [Fact]
    public async Task PutItem_WhenTheTableIsNew_CreatesItAndGetItemGivesTheItemBack()
    {
        await SendAsync("PutItem", """{"TableName":"greetings","Item":{"text":{"S":"hello"},"id":{"S":"1"}}}""");
        var got = await SendAsync("GetItem", """{"TableName":"greetings","Key":{"id":{ "S" : "1" }}}""");
        Assert.Equal("hello", got.GetProperty("Item").GetProperty("text").GetProperty("S").GetString());
        var tables = await SendAsync("ListTables", "{}");
        Assert.Contains("greetings", tables.GetProperty("TableNames").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task PutItem_WhenThereIsNoId_IsKeyedByTheFirstAttribute()
    {
        await SendAsync("PutItem", """{"TableName":"first","Item":{"sku":{"N":"7"},"price":{"N":"1"}}}""");
        await SendAsync("PutItem", """{"TableName":"first","Item":{"price":{"N":"2"},"sku":{"N":"7"}}}""");
        var scan = await SendAsync("Scan", """{"TableName":"first"}""");
        Assert.Equal(1, scan.GetProperty("Count").GetInt32());
        Assert.Equal("2", scan.GetProperty("Items")[0].GetProperty("price").GetProperty("N").GetString());
    }

    [Fact]
    public async Task CreateTable_WhenItHasARangeKey_KeepsItemsOfOneHashKeyApart()
    {
        const string Table = """{"TableName":"ranged","KeySchema":[{"AttributeName":"a","KeyType":"HASH"},{"AttributeName":"b","KeyType":"RANGE"}]}""";
        var created = await SendAsync("CreateTable", Table);
        Assert.Equal("ACTIVE", created.GetProperty("TableDescription").GetProperty("TableStatus").GetString());
        await SendAsync("PutItem", """{"TableName":"ranged","Item":{"a":{"S":"x"},"b":{"S":"1"}}}""");
        await SendAsync("PutItem", """{"TableName":"ranged","Item":{"a":{"S":"x"},"b":{"S":"2"}}}""");
        Assert.Equal(2, (await SendAsync("Scan", """{"TableName":"ranged"}""")).GetProperty("Count").GetInt32());
        await AssertRefusedAsync("ResourceInUseException", "CreateTable", Table);
    }

    [Fact]
    public async Task DeleteItem_WhenAsked_GivesTheOldItemAndForgetsIt()
    {
        await SendAsync("PutItem", """{"TableName":"deleted","Item":{"id":{"S":"1"}}}""");
        var old = await SendAsync("DeleteItem", """{"TableName":"deleted","Key":{"id":{"S":"1"}},"ReturnValues":"ALL_OLD"}""");
        Assert.Equal("1", old.GetProperty("Attributes").GetProperty("id").GetProperty("S").GetString());
        Assert.False((await SendAsync("GetItem", """{"TableName":"deleted","Key":{"id":{"S":"1"}}}""")).TryGetProperty("Item", out _));
    }

    [Theory]
    [InlineData("GetItem", """{"TableName":"nowhere","Key":{"id":{"S":"1"}}}""", "ResourceNotFoundException")]
    [InlineData("PutItem", """{"Item":{"id":{"S":"1"}}}""", "ValidationException")]
    [InlineData("PutItem", """{"TableName":"t","Item":{}}""", "ValidationException")]
    [InlineData("PutItem", "[]", "ValidationException")]
    [InlineData("PutItem", "not json", "SerializationException")]
    [InlineData("BatchGetItem", "{}", "UnknownOperationException")]
    public Task Request_WhenWrong_IsRefusedAsDynamoDbDoes(string operation, string input, string code) => AssertRefusedAsync(code, operation, input);

    [Fact]
    public async Task PutItem_WhenTheKeyIsMissing_IsRefused()
    {
        await SendAsync("PutItem", """{"TableName":"keyed","Item":{"id":{"S":"1"}}}""");
        await AssertRefusedAsync("ValidationException", "PutItem", """{"TableName":"keyed","Item":{"other":{"S":"1"}}}""");
    }

    [Fact]
    public async Task PutItem_WhenLargerThanDynamoDbTakes_IsRefusedAndMakesNoTable()
    {
        var large = new string('x', 400 * 1024);
        await AssertRefusedAsync("ValidationException", "PutItem", """{"TableName":"large","Item":{"id":{"S":"LARGE"}}}""".Replace("LARGE", large, StringComparison.Ordinal));
        await AssertRefusedAsync("ResourceNotFoundException", "Scan", """{"TableName":"large"}""");
    }

    private async Task AssertRefusedAsync(string code, string operation, string input)
    {
        using var response = await aws.SendAsync(Request(operation, input));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, Assert.Single(response.Headers.GetValues("x-amzn-errortype")));
    }

    private async Task<JsonElement> SendAsync(string operation, string input)
    {
        using var response = await aws.SendAsync(Request(operation, input));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    private HttpRequestMessage Request(string operation, string input) => aws.Signer("dynamodb").Request("POST", "", Encoding.UTF8.GetBytes(input), new Dictionary<string, string>
    {
        ["Content-Type"] = "application/x-amz-json-1.0",
        ["X-Amz-Target"] = "DynamoDB_20120810." + operation,
    });
}
