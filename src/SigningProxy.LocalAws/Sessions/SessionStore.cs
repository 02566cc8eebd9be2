using System.Security.Cryptography;

namespace SigningProxy.LocalAws.Sessions;

/// <summary>The sessions given out, bounded: the oldest goes when there are too many, and is unknown from then on.</summary>
internal sealed class SessionStore(TimeProvider time, RequestCounts counts)
{
    internal const int Capacity = 10_000;

    private const string KeyIdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, IssuedSession> _sessions = new(StringComparer.Ordinal);

    public IReadOnlyList<LocalSession> Shown
    {
        get
        {
            lock (_lock)
            {
                return [.. _sessions.Values.Select(session => session.Shown)];
            }
        }
    }

    public IssuedSession? Find(string accessKeyId)
    {
        lock (_lock)
        {
            return _sessions.GetValueOrDefault(accessKeyId);
        }
    }

    /// <summary>Gives out a session with a key, a secret and a token that never were before.</summary>
    /// <param name="roleArn">The role.</param>
    /// <param name="roleSessionName">The session's name.</param>
    /// <param name="duration">Its life. It ends on a whole second, so it may live up to one second longer.</param>
    public IssuedSession Issue(string roleArn, string roleSessionName, TimeSpan duration)
    {
        var end = (time.GetUtcNow() + duration).AddTicks(TimeSpan.TicksPerSecond - 1);
        var expiration = end.AddTicks(-(end.Ticks % TimeSpan.TicksPerSecond));
        var key = new LocalKey(
            "ASIA" + RandomNumberGenerator.GetString(KeyIdLetters, 16),
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)),
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(264)),
            Expiration: expiration);
        var session = new IssuedSession(key, roleArn, roleSessionName, expiration);
        lock (_lock)
        {
            if (_sessions.Count == Capacity)
            {
                _sessions.RemoveAt(0);
            }

            _sessions.Add(key.AccessKeyId, session);
        }

        counts.Add(now => now with { SessionsIssued = now.SessionsIssued + 1 });
        return session;
    }

    /// <summary>Revokes one session, or all when <paramref name="accessKeyId"/> is null.</summary>
    /// <returns>How many were revoked.</returns>
    public int Revoke(string? accessKeyId, LocalRevocation revocation)
    {
        lock (_lock)
        {
            string[] ids = accessKeyId is null ? [.. _sessions.Keys] : _sessions.ContainsKey(accessKeyId) ? [accessKeyId] : [];
            foreach (var id in ids)
            {
                _sessions[id] = Revoked(_sessions[id], revocation);
            }

            return ids.Length;
        }
    }

    // Nobody can hold the new token, so what was given out no longer equals it
    private static IssuedSession Revoked(IssuedSession session, LocalRevocation revocation) => session with
    {
        Revoked = true,
        Key = revocation == LocalRevocation.Expired
            ? session.Key with { Expiration = DateTimeOffset.MinValue }
            : session.Key with { SessionToken = Convert.ToBase64String(RandomNumberGenerator.GetBytes(264)) },
    };
}
