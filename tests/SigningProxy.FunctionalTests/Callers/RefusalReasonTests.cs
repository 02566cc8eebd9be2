using System.Globalization;
using System.Text.RegularExpressions;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Callers;

/// <summary>What the answer to a caller hides, the operator finds in log and metrics; what a request says never becomes a metric.</summary>
public sealed class RefusalReasonTests(MatrixStage stage) : IClassFixture<MatrixStage>
{
    [Theory]
    [InlineData("nobody", "-", "GET /Ledger/x", "caller_unproved", "no_proof", "caller is not proved: no proof was offered, and the listener accepts Token")]
    [InlineData("stranger", "-", "GET /Ledger/x", "caller_unproved", "invalid_proof", "caller is not proved: Token: the token is nobody's")]
    [InlineData("orders", "-", "GET /Made-up/x", "access_denied", "unknown_name", "Refused orders: there is no named credential \"Made-up\"")]
    [InlineData("orders", "-", "GET /Shop/x", "access_denied", "no_grant", "Refused orders: no permission set and no profile grants it a principal of Stock")]
    [InlineData("idle", "-", "GET /Ledger/x", "access_denied", "limits_do_not_fit", "Refused idle: its grants at Ledger are limited to other requests")]
    [InlineData("billing", "Writer", "GET /Ledger/x", "access_denied", "limits_do_not_fit", "Refused billing: its grants at Ledger are limited to other requests")]
    [InlineData("orders", "Chief", "GET /Ledger/x", "access_denied", "principal_not_granted", "Refused orders: at Ledger it asks for Chief, which no permission set")]
    [InlineData("orders", "Invented", "GET /Ledger/x", "access_denied", "principal_not_granted", "Refused orders: at Ledger it asks for a principal that there is not")]
    public async Task Refusal_IsToldToTheOperatorWithItsReason(string caller, string wanted, string asked, string code, string reason, string log)
    {
        var (count, logged) = (await CountAsync(stage.Proxy, code, reason), stage.Proxy.Count(log));

        var (refused, _, arrived) = await stage.AskAsync(caller, "Token", wanted == "-" ? null : wanted, asked);

        Assert.Equal(code, refused);
        Assert.Empty(arrived);
        await Wait.UntilAsync(() => stage.Proxy.Count(log) == logged + 1, $"the log says \"{log}\"");
        await Wait.UntilAsync(async () => await CountAsync(stage.Proxy, code, reason) == count + 1, $"{code} for {reason} is counted");
        Assert.DoesNotMatch("Invented|Made-up|orders", await MetricsAsync(stage.Proxy));
        Assert.DoesNotContain("Invented", stage.Proxy.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proofs_OfTwoCallers_AreToldAsAmbiguous()
    {
        await using var callers = new CallerStage();
        await callers.InitializeAsync();
        using var orders = callers.Client(names => names.AddUri(new Uri(CallerStage.OrdersUri)));

        Assert.Equal((401, null), await callers.ByTlsAsync("/Api/x", orders, ("X-SigningProxy-Token", CallerStage.BillingToken)));

        await callers.Proxy.WritesAsync("Token proves billing, and ClientCertificate proves orders");
        await Wait.UntilAsync(async () => await CountAsync(callers.Proxy, "caller_unproved", "ambiguous_proofs") == 1, "the refusal is counted");
    }

    [Fact]
    public async Task Limit_IsToldByWhichItIs()
    {
        await using var aws = await LocalDestination.StartAsync();
        var catalog = new CatalogText().With("Api", aws.Address, LocalDestination.Key.AccessKeyId, LocalDestination.Key.Secret).ToString();
        await using var proxy = await ProxyProcess.StartAsync(catalog, "--set", "SigningProxy:Limits:RequestsPerSecond=1");

        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
            statuses.Add((await RawClient.GetAsync(proxy.Address, "/Api/x")).Status);

        var limited = statuses.Count(s => s == 429);
        Assert.True(limited > 0, string.Join(", ", statuses));
        Assert.Equal(statuses.Count - limited, aws.Requests.Count);
        await proxy.WritesAsync("Refused local: it asks for more than it may at once (RequestsPerSecond)");
        await Wait.UntilAsync(async () => await CountAsync(proxy, "caller_limit", "requests_per_second") == limited, "each refusal is counted");
    }

    private static async Task<int> CountAsync(ProxyProcess proxy, string code, string reason)
    {
        var line = Regex.Match(await MetricsAsync(proxy), $$"""signing_proxy_refusals_total\{[^}]*code="{{code}}",reason="{{reason}}"[^}]*\} (\d+)""");
        return line.Success ? int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    private static async Task<string> MetricsAsync(ProxyProcess proxy)
    {
        var answer = await RawClient.GetAsync(proxy.Operations, "/metrics");
        Assert.Equal(200, answer.Status);
        return answer.Body;
    }
}
