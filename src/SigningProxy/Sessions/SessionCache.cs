using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Sessions;

/// <summary>
/// The sessions of all principals, each under the key of its inputs. The cache itself ends nothing: a session lives as long as a catalog
/// in use has its principal, and a while longer for the calls under way.
/// </summary>
internal sealed class SessionCache(SessionSources sources, IOptions<SessionsOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>How long calls of a replaced catalog may still sign with its sessions, before these are zeroed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private static readonly MemoryCacheEntryOptions Forever = new() { Priority = CacheItemPriority.NeverRemove };

    private readonly MemoryCache _cache = new(new MemoryCacheOptions());
    private readonly Lock _lock = new();
    private readonly HashSet<SessionKey> _unused = [];
    private HashSet<SessionKey> _inUse = [];

    /// <summary>Every session there is.</summary>
    public IReadOnlyList<Session> All => [.. _cache.Keys.Select(key => _cache.Get<Session>(key)).OfType<Session>()];

    /// <summary>The session of a principal, made when it is first asked for. It may have no credentials yet.</summary>
    public Session Of(ExternalCredential externalCredential, Principal principal) =>
        _cache.TryGetValue(principal.SessionKey, out Session? session) ? session! : Make(externalCredential, principal);

    /// <summary>The credentials of a principal, for whoever signs with them on behalf of another.</summary>
    /// <exception cref="SessionUnavailableException">There are none, and none came in time.</exception>
    public ValueTask<SessionCredentials> GetAsync(ExternalCredential externalCredential, Principal principal, CancellationToken cancellation) =>
        Of(externalCredential, principal).GetAsync(cancellation);

    /// <summary>How the sessions of a catalog stand, by external credential and sequence number. Asks no source for anything.</summary>
    public IReadOnlyList<SessionStatus> StatusesOf(CatalogSnapshot snapshot) =>
    [
        .. snapshot.ExternalCredentials.Values.OrderBy(e => e.Name, DeveloperName.Comparer)
            .SelectMany(e => e.Principals.OrderBy(p => p.SequenceNumber).Select(p => StatusOf(e, p))),
    ];

    public SessionStatus StatusOf(ExternalCredential externalCredential, Principal principal) =>
        principal.Missing.Count > 0 ? SessionStatus.Of(externalCredential, principal) : Of(externalCredential, principal).Status;

    /// <summary>Takes a catalog into use: retires the sessions it does not have, and zeroes those that were retired by a catalog before it.</summary>
    public void Use(CatalogSnapshot snapshot)
    {
        lock (_lock)
        {
            _inUse = snapshot.ExternalCredentials.Values.SelectMany(e => e.Principals).Select(p => p.SessionKey).ToHashSet();
            foreach (var key in Keys())
            {
                _cache.Get<Session>(key)!.Keep(_inUse.Contains(key));
                if (_inUse.Contains(key))
                    _unused.Remove(key);
            }
            if (snapshot.Revision > 0)
                sources.Forget(allBut: snapshot);
        }
    }

    /// <summary>Zeroes the sessions that no catalog in use has had for a while; run once in each <see cref="Grace"/>.</summary>
    public void Sweep()
    {
        lock (_lock)
        {
            foreach (var key in Keys().Where(key => !_inUse.Contains(key)))
            {
                // Marked by one sweep, gone by the next.
                if (_unused.Add(key))
                    continue;
                _cache.Get<Session>(key)!.Dispose();
                _cache.Remove(key);
                _unused.Remove(key);
            }
        }
    }

    public void Dispose()
    {
        foreach (var session in All)
            session.Dispose();
        _cache.Dispose();
    }

    private List<SessionKey> Keys() => [.. _cache.Keys.OfType<SessionKey>()];

    private Session Make(ExternalCredential externalCredential, Principal principal)
    {
        lock (_lock)
        {
            if (_cache.TryGetValue(principal.SessionKey, out Session? session))
                return session!;
            session = new Session(externalCredential, principal, sources.FetchOf(externalCredential, principal), options.Value, time);
            session.Keep(_inUse.Contains(principal.SessionKey));
            return _cache.Set(principal.SessionKey, session, Forever);
        }
    }
}
