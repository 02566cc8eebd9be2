using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using Microsoft.Extensions.Options;
using SigningProxy.Catalog;
using SigningProxy.Destinations;

namespace SigningProxy.Forwarding;

/// <summary>
/// Our own connections to the catalog's destinations. Named credentials of one origin and shape share a pool, which outlives reloads that
/// change nothing of them.
/// </summary>
internal sealed class DestinationPools : IDisposable
{
    private static readonly TimeSpan MostBetweenSweeps = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, DestinationPool> _pools = new(StringComparer.Ordinal);
    // Swept as long as anybody has a call on them.
    private readonly ConcurrentDictionary<WeakReference<DestinationPool>, bool> _forgotten = [];
    private readonly DestinationOptions _options;
    private readonly IWebProxy _proxy;
    private readonly TimeProvider _time;
    private readonly ITimer _sweeps;

    public DestinationPools(IOptions<DestinationOptions> options, IWebProxy proxy, TimeProvider time)
    {
        (_options, _proxy, _time) = (options.Value, proxy, time);
        var between = new[] { MostBetweenSweeps, _options.ActivityTimeout / 4, _options.PooledConnectionIdleTimeout / 4 }.Min();
        _sweeps = time.CreateTimer(_ => Sweep(), null, between, between);
    }

    /// <summary>The pool of a named credential; null where its requests go through the proxy of the environment, which YARP's client knows the way through.</summary>
    public DestinationPool? Of(NamedCredential named) =>
        _proxy.IsBypassed(named.Url) || _proxy.GetProxy(named.Url) is null ? _pools.GetOrAdd(KeyOf(named), _ => Make(named)) : null;

    /// <summary>Forgets the pools that nothing in the catalog uses; calls under way keep theirs.</summary>
    public void Forget(CatalogSnapshot allBut)
    {
        var used = allBut.NamedCredentials.Values.Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        foreach (var key in _pools.Keys.Where(key => !used.Contains(key)))
        {
            if (!_pools.TryRemove(key, out var pool))
                continue;
            pool.Dispose();
            _forgotten[new(pool)] = true;
        }
    }

    public void Dispose()
    {
        _sweeps.Dispose();
        foreach (var pool in _pools.Values)
            pool.Dispose();
    }

    private static string KeyOf(NamedCredential named) => $"{named.Url.GetLeftPart(UriPartial.Authority)}\n{ConnectionShape.KeyOf(named)}";

    private DestinationPool Make(NamedCredential named)
    {
        SslClientAuthenticationOptions? tls = null;
        if (named.Url.Scheme == Uri.UriSchemeHttps)
        {
            tls = new SslClientAuthenticationOptions
            {
                TargetHost = named.Url.IdnHost,
                ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            };
            new ConnectionShape(named).Apply(tls);
        }
        return new DestinationPool(new DestinationDialer(new Destination(named.Url), named.Reach, tls, _options.ConnectTimeout), _options, _time);
    }

    private void Sweep()
    {
        foreach (var (_, pool) in _pools)
            pool.Sweep();
        foreach (var (forgotten, _) in _forgotten)
        {
            if (forgotten.TryGetTarget(out var pool))
                pool.Sweep();
            else
                _forgotten.TryRemove(forgotten, out _);
        }
    }
}
