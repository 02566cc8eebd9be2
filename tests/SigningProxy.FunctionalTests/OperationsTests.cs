using System.Text.Json;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class OperationsTests(OperationsTests.NamesLikeItsOwn stage) : IClassFixture<OperationsTests.NamesLikeItsOwn>
{
    private const string KeyId = "AKIDOPERATIONS00";

    public sealed class NamesLikeItsOwn : Stage
    {
        private protected override IReadOnlyList<string> KeyIds => [KeyId];

        private protected override string Catalog(Uri aws) =>
            new CatalogText().With("Api", aws, KeyId, Secret).With("metrics", aws, KeyId, Secret).ToString();
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_IsTold(string target, string state)
    {
        var (answer, arrived) = await AskAsync(target);

        Assert.Equal(200, answer.Status);
        using var health = JsonDocument.Parse(answer.Body);
        Assert.Equal(state, health.RootElement.GetProperty("status").GetString());
        Assert.Equal(2, health.RootElement.GetProperty("namedCredentials").GetInt32());
        Assert.Empty(arrived);
    }

    [Fact]
    public async Task Metrics_CountCalloutsByNamedCredential()
    {
        await stage.GetAsync("/Api/told-to-nobody");

        var (answer, arrived) = await AskAsync("/metrics");

        Assert.Equal(200, answer.Status);
        Assert.Matches(@"_count\{[^}]*named_credential=""Api""", answer.Body);
        Assert.DoesNotContain("told-to-nobody", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(KeyId, answer.Body, StringComparison.Ordinal);
        Assert.Empty(arrived);
    }

    [Theory]
    [InlineData("/", 401, "operator_unproved")]
    [InlineData("/health", 401, "operator_unproved")]
    [InlineData("/Api/x", 401, "operator_unproved")]
    [InlineData("/metrics/../Api/x", 401, "operator_unproved")]
    [InlineData("/health/live/", 404, "not_found")]
    [InlineData("/health/Api/x", 404, "not_found")]
    public async Task Else_IsRefusedAndNeverForwarded(string target, int status, string code)
    {
        var (answer, arrived) = await AskAsync(target);

        Assert.Equal(status, answer.Status);
        Assert.Contains($"\"code\":\"{code}\"", answer.Body, StringComparison.Ordinal);
        Assert.Empty(arrived);
    }

    [Fact]
    public async Task Else_ByHost_IsRefusedAndNeverForwarded()
    {
        var (answer, arrived) = await stage.ArrivedAsync(
            () => RawClient.SendAsync(stage.Proxy.Operations, "GET /x HTTP/1.1\r\nHost: Api.localhost\r\nConnection: close\r\n\r\n"));

        Assert.Equal(401, answer.Status);
        Assert.Empty(arrived);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task OnAListenerForCallouts_HealthIsANameLikeAnyOther(string target)
    {
        var (answer, arrived) = await stage.GetAsync(target);

        Assert.Equal(403, answer.Status);
        Assert.Contains("access_denied", answer.Body, StringComparison.Ordinal);
        Assert.Empty(arrived);
    }

    [Fact]
    public async Task OnAListenerForCallouts_MetricsIsANameLikeAnyOther()
    {
        var (answer, arrived) = await stage.GetAsync("/metrics");

        Assert.Equal(200, answer.Status);
        var request = Assert.Single(arrived);
        Assert.Equal((KeyId, true, "/"), (request.AccessKeyId, request.Verified, request.RawTarget));
    }

    private Task<(RawAnswer Answer, IReadOnlyList<LocalAws.SeenRequest> Arrived)> AskAsync(string target) =>
        stage.ArrivedAsync(() => RawClient.GetAsync(stage.Proxy.Operations, target));
}
