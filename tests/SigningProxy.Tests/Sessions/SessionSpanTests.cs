using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SigningProxy.Catalog;
using SigningProxy.Sessions;
using SigningProxy.SigV4;
using SigningProxy.Telemetry;

namespace SigningProxy.Tests.Sessions;

public sealed class SessionSpanTests : IDisposable
{
    private const string Name = "TracedAlone";

    private readonly CurrentCatalog _catalog = new();
    private readonly List<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public SessionSpanTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ProxyTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                // Other tests trace too.
                if (span.GetTagItem("signing_proxy.external_credential") is Name)
                    _spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _catalog.Dispose();
    }

    [Fact]
    public async Task Fetch_IsASpanOfItsOwn_WithReasonAndOutcome()
    {
        using var call = new Activity("callout").Start();

        using var credentials = await FetchAsync(new SessionCredentials("AKIDTRACED0000001", "a-secret-to-be-traced"));

        var span = Assert.Single(_spans);
        Assert.Same(call, Activity.Current);
        Assert.Null(span.ParentId);
        Assert.NotEqual(call.TraceId, span.TraceId);
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["signing_proxy.external_credential"] = Name,
                ["signing_proxy.variant"] = "AccessKey",
                ["signing_proxy.reason"] = "listed_status",
                ["signing_proxy.outcome"] = "obtained",
            },
            span.TagObjects.ToDictionary());
    }

    [Fact]
    public async Task Fetch_ThatFails_IsASpanThatSaysSo()
    {
        await Assert.ThrowsAsync<SessionException>(() => FetchAsync(null));

        var span = Assert.Single(_spans);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("failed", span.GetTagItem("signing_proxy.outcome"));
    }

    private Task<SessionCredentials> FetchAsync(SessionCredentials? keys)
    {
        var principal = Example.Principal(keys: keys);
        var externalCredential = Example.ExternalCredential(principal) with { Name = Name, Variant = CredentialVariant.AccessKey };
        var sources = new SessionSources(
            new AccessKeySource(_catalog, _ => Task.CompletedTask), null!, null!, Options.Create(new SessionsOptions()), TimeProvider.System, NullLogger<SessionSources>.Instance);
        return sources.FetchOf(externalCredential, principal)(RefreshReason.ListedStatus, TestContext.Current.CancellationToken);
    }
}
