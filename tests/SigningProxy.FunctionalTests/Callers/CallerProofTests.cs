using System.Text.Json;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Callers;

/// <summary>Callers prove themselves in every way the executable knows, and the destination tells whose key signed.</summary>
public sealed class CallerProofTests(CallerStage stage) : IClassFixture<CallerStage>
{
    private static readonly string Orders = CallerStage.KeyOf("Orders");
    private static readonly string Billing = CallerStage.KeyOf("Billing");
    private static readonly string Other = CallerStage.KeyOf("Other");

    [Fact]
    public async Task Token_ProvesItsCaller_AndEachSignsWithItsOwnKey()
    {
        Assert.Equal((200, Orders), await stage.ByTokenAsync("/Api/x", $"X-SigningProxy-Token: {CallerStage.OrdersToken}"));
        Assert.Equal((200, Billing), await stage.ByTokenAsync("/Api/x", $"X-SigningProxy-Token: {CallerStage.BillingToken}"));
        Assert.Equal((200, Billing), await stage.ByTokenAsync("/Api/x", $"Authorization: Bearer {CallerStage.BillingToken}"));
    }

    [Theory]
    [InlineData("X-SigningProxy-Token: nobodys-token-0123456789")]
    [InlineData("Authorization: Bearer nobodys-token-0123456789")]
    [InlineData("Authorization: Basic b3JkZXJzOm9yZGVycw==")]
    [InlineData("X-Nothing: x")]
    public async Task Token_MissingOrWrong_IsRefusedBeforeAnyLookUp(string header)
    {
        Assert.Equal((401, null), await stage.ByTokenAsync("/Api/x", header));
        Assert.Equal((401, null), await stage.ByTokenAsync("/Absent/x", header));
        Assert.Equal((401, null), await stage.ByTokenAsync("/Closed/x", header));
    }

    [Fact]
    public async Task Refusals_OfWhoIsNotProved_TellNothingOfTheName()
    {
        var known = await RawClient.GetAsync(stage.ByToken, "/Api/x");
        var unknown = await RawClient.GetAsync(stage.ByToken, "/Absent/x");

        Assert.Equal(WithoutTrace(known.Body), WithoutTrace(unknown.Body));
    }

    [Fact]
    public async Task Principal_ThatIsAskedFor_IsGivenWhereItIsGranted()
    {
        var token = $"X-SigningProxy-Token: {CallerStage.BillingToken}";

        Assert.Equal((200, Other), await stage.ByTokenAsync("/Api/shared/x", token, "X-SigningProxy-Principal: Other"));
        Assert.Equal((200, Billing), await stage.ByTokenAsync("/Api/shared/x", token));
        Assert.Equal((403, null), await stage.ByTokenAsync("/Api/else/x", token, "X-SigningProxy-Principal: Other"));
        Assert.Equal((403, null), await stage.ByTokenAsync("/Api/shared/%2e%2e/else", token, "X-SigningProxy-Principal: Other"));
        Assert.Equal((403, null), await stage.ByTokenAsync("/Api/shared/..%2felse", token, "X-SigningProxy-Principal: Other"));
        Assert.Equal((403, null), await stage.ByTokenAsync("/Api/shared/x", token, "X-SigningProxy-Principal: Orders"));
        Assert.Equal((403, null), await stage.ByTokenAsync("/Api/shared/x", $"X-SigningProxy-Token: {CallerStage.OrdersToken}", "X-SigningProxy-Principal: Other"));
    }

    [Fact]
    public async Task OwnPort_IsNoWayAroundTheProofs()
    {
        Assert.Equal((401, null), await stage.AskAsync(async () => (await RawClient.GetAsync(stage.OwnPort, "/x")).Status));
        Assert.Equal((200, Orders), await stage.AskAsync(async () => (await RawClient.GetAsync(stage.OwnPort, "/x", $"X-SigningProxy-Token: {CallerStage.OrdersToken}")).Status));
    }

    [Fact]
    public async Task UnixPeer_IsWhomTheKernelSays()
    {
        var own = await stage.AskAsync(() => CurlAsync(""));
        Assert.Equal((200, Orders), own);

        Assert.SkipUnless((await Shell.RunAsync("id -u; command -v setpriv")).Output.StartsWith("0\n/", StringComparison.Ordinal), "Only the superuser becomes another user.");
        Assert.Equal((200, Other), await stage.AskAsync(() => CurlAsync($"setpriv --reuid {CallerStage.OtherUser} --clear-groups")));
        Assert.Equal((403, null), await stage.AskAsync(() => CurlAsync($"setpriv --reuid {CallerStage.OtherUser + 1} --clear-groups")));
        Assert.Equal((401, null), await stage.AskAsync(() => CurlAsync("setpriv --reuid 65534 --clear-groups")));
    }

    [Fact]
    public async Task ClientCertificate_ProvesItsCaller()
    {
        using var orders = stage.Client(names => names.AddUri(new Uri(CallerStage.OrdersUri)));
        using var billing = stage.Client(names => names.AddDnsName("Billing.Shop.Example"));
        using var nobody = stage.Client(names => names.AddDnsName("nobody.shop.example"));

        Assert.Equal((200, Orders), await stage.ByTlsAsync("/Api/x", orders));
        Assert.Equal((200, Billing), await stage.ByTlsAsync("/Api/x", billing));
        Assert.Equal((403, null), await stage.ByTlsAsync("/Api/x", nobody));
    }

    [Fact]
    public async Task ClientCertificate_OfAnotherAuthorityOrMissing_ProvesNobody()
    {
        using var stranger = stage.Client(names => names.AddUri(new Uri(CallerStage.OrdersUri)), trusted: false);

        Assert.Equal((0, null), await stage.ByTlsAsync("/Api/x", stranger));
        Assert.Equal((0, null), await stage.ByTlsAsync("/Api/x", stranger, ("X-SigningProxy-Token", CallerStage.OrdersToken)));
        Assert.Equal((401, null), await stage.ByTlsAsync("/Api/x", null));
    }

    [Fact]
    public async Task Proofs_OfTwoCallers_AreRefused_AndOfOneAreNot()
    {
        using var orders = stage.Client(names => names.AddUri(new Uri(CallerStage.OrdersUri)));

        Assert.Equal((200, Billing), await stage.ByTlsAsync("/Api/x", null, ("X-SigningProxy-Token", CallerStage.BillingToken)));
        Assert.Equal((200, Orders), await stage.ByTlsAsync("/Api/x", orders, ("X-SigningProxy-Token", CallerStage.OrdersToken)));
        Assert.Equal((401, null), await stage.ByTlsAsync("/Api/x", orders, ("X-SigningProxy-Token", CallerStage.BillingToken)));
        Assert.Equal((401, null), await stage.ByTlsAsync("/Api/x", orders, ("X-SigningProxy-Token", "nobodys-token-0123456789")));
    }

    [Fact]
    public async Task Proof_IsNeverForwarded()
    {
        var answer = await RawClient.GetAsync(stage.ByToken, "/Api/x", $"X-SigningProxy-Token: {CallerStage.OrdersToken}", $"Authorization: Bearer {CallerStage.OrdersToken}");

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain(CallerStage.OrdersToken, answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(CallerStage.OrdersToken, stage.Proxy.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AccessLog_TellsWhoCalledAndHow_AndNoSecret()
    {
        var path = $"/Api/{Guid.NewGuid():N}";
        await stage.ByTokenAsync($"{path}?secret=1", $"X-SigningProxy-Token: {CallerStage.OrdersToken}");

        await Wait.UntilAsync(() => File.Exists(stage.AccessLog) && File.ReadAllText(stage.AccessLog).Contains(path[5..], StringComparison.Ordinal), "the call stands in the access log");
        var lines = await File.ReadAllLinesAsync(stage.AccessLog, TestContext.Current.CancellationToken);
        using var line = JsonDocument.Parse(lines.Single(l => l.Contains(path[5..], StringComparison.Ordinal)));
        var root = line.RootElement;
        Assert.Equal(
            ("orders", "Token", "Api", "Orders", "GET", path[4..], 200),
            (Text("caller"), Text("proof"), Text("namedCredential"), Text("principal"), Text("method"), Text("path"), root.GetProperty("status").GetInt32()));
        Assert.True(root.GetProperty("bytesOut").GetInt64() > 0);
        Assert.DoesNotContain("secret", string.Concat(lines), StringComparison.Ordinal);
        Assert.DoesNotContain(CallerStage.OrdersToken, string.Concat(lines), StringComparison.Ordinal);

        string? Text(string name) => root.GetProperty(name).GetString();
    }

    private async Task<int> CurlAsync(string through)
    {
        var (_, output, _) = await Shell.RunAsync($"{through} curl -s -o /dev/null -w '%{{http_code}}' --max-time 20 --unix-socket {stage.Socket} http://localhost/Api/x");
        return int.Parse(output, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string WithoutTrace(string body)
    {
        using var problem = JsonDocument.Parse(body);
        return string.Join('|', problem.RootElement.EnumerateObject().Where(m => m.Name != "traceId").Select(m => $"{m.Name}={m.Value}"));
    }
}
