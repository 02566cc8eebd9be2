using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using SigningProxy.Catalog;
using SigningProxy.SigV4;
using SigningProxy.Telemetry;

namespace SigningProxy.Sessions;

/// <summary>
/// Obtains sessions from the sources of their variants, with patience: an attempt has a limit, what may pass is tried again with backoff,
/// and a source that fails again and again is left alone for one step of it. One breaker for each external credential.
/// </summary>
internal sealed class SessionSources(
    AccessKeySource accessKey, AssumeRoleSource assumeRole, RolesAnywhereSource rolesAnywhere,
    IOptions<SessionsOptions> options, TimeProvider time, ILogger<SessionSources> logger)
{
    private const int MoreAttempts = 2;

    private readonly ConcurrentDictionary<string, ResiliencePipeline> _pipelines = new(DeveloperName.Comparer);

    public SessionFetch FetchOf(ExternalCredential externalCredential, Principal principal) =>
        (reason, cancellation) => FetchAsync(externalCredential, principal, reason, cancellation);

    /// <summary>Forgets the breakers of external credentials that are gone.</summary>
    public void Forget(CatalogSnapshot allBut)
    {
        foreach (var name in _pipelines.Keys.Where(name => !allBut.ExternalCredentials.ContainsKey(name)))
            _pipelines.TryRemove(name, out _);
    }

    private async Task<SessionCredentials> FetchAsync(ExternalCredential externalCredential, Principal principal, RefreshReason reason, CancellationToken cancellation)
    {
        // Many calls wait for it, and a timer goes on long after the call that made it: it belongs to the trace of none.
        Activity.Current = null;
        using var activity = ProxyTelemetry.Activities.StartActivity("session.fetch", ActivityKind.Client);
        activity?.SetTag("signing_proxy.external_credential", externalCredential.Name);
        activity?.SetTag("signing_proxy.variant", externalCredential.Variant.ToString());
        activity?.SetTag("signing_proxy.reason", ProxyTelemetry.Word(reason));
        var started = time.GetTimestamp();
        try
        {
            var source = SourceOf(externalCredential.Variant);
            var credentials = await _pipelines.GetOrAdd(externalCredential.Name, _ => Pipeline()).ExecuteAsync(
                async token => await source.FetchAsync(externalCredential, principal, token), cancellation);
            Log.Obtained(logger, externalCredential.Name, principal.Name, SessionStatus.Mask(credentials.AccessKeyId), credentials.Expiration, reason);
            Measure(externalCredential, reason, "obtained", started, activity);
            return credentials;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            var fault = e as SessionException ?? new SessionException(InWords(e), e) { IsTransient = e is TimeoutRejectedException or BrokenCircuitException };
            Log.NotObtained(logger, externalCredential.Name, principal.Name, reason, fault.Message);
            Measure(externalCredential, reason, "failed", started, activity);
            activity?.SetStatus(ActivityStatusCode.Error, fault.Code);
            throw fault;
        }
    }

    private ISessionSource SourceOf(CredentialVariant variant) => variant switch
    {
        CredentialVariant.AccessKey => accessKey,
        CredentialVariant.AssumeRole => assumeRole,
        _ => rolesAnywhere,
    };

    private string InWords(Exception e) => e switch
    {
        TimeoutRejectedException => $"It did not answer within {options.Value.FetchTimeout}.",
        BrokenCircuitException => $"It failed too often just now, and is left alone for a moment. {e.InnerException?.Message}".TrimEnd(),
        // An exception that nobody foresaw may quote anything.
        _ => e.GetType().Name,
    };

    private void Measure(ExternalCredential externalCredential, RefreshReason reason, string outcome, long started, Activity? activity)
    {
        ProxyTelemetry.SessionFetches.Record(
            time.GetElapsedTime(started).TotalSeconds,
            new("external_credential", externalCredential.Name), new("variant", externalCredential.Variant.ToString()), new("reason", ProxyTelemetry.Word(reason)), new("outcome", outcome));
        activity?.SetTag("signing_proxy.outcome", outcome);
    }

    private ResiliencePipeline Pipeline()
    {
        var mayPass = new PredicateBuilder().Handle<SessionException>(e => e.IsTransient).Handle<TimeoutRejectedException>();
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = mayPass,
                MaxRetryAttempts = MoreAttempts,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.Value.BackoffStep / 5,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = mayPass,
                FailureRatio = 0.9,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = options.Value.BackoffStep > ShortestBreak ? options.Value.BackoffStep : ShortestBreak,
            })
            .AddTimeout(options.Value.FetchTimeout)
            .Build();
    }

    // Polly knows no shorter one.
    private static readonly TimeSpan ShortestBreak = TimeSpan.FromMilliseconds(500);
}
