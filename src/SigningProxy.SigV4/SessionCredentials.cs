using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.SigV4;

/// <summary>The keys in hand now: an access key id, its secret, and for temporary ones a session token and an expiry.</summary>
/// <remarks>
/// The derived signing keys live in here and so die with the keys they were derived from. Safe for use by many threads.
/// Nothing prints the secret or the token by way of this type's own text.
/// </remarks>
public sealed class SessionCredentials : IDisposable
{
    /// <summary>Of the bytes of a signature: ECDSA's in DER may be longer than HMAC's 32.</summary>
    internal const int MaximumSignatureLength = EcdsaSigningKey.MaximumSignatureLength;

    private readonly Lock _gate = new();
    private readonly byte[] _secret;
    private volatile SigningKey? _key;
    private ECDsa? _ecdsaKey;
    private volatile bool _disposed;

    /// <summary>Takes a key pair.</summary>
    /// <param name="accessKeyId">The access key id; not blank.</param>
    /// <param name="secret">The secret access key; not blank.</param>
    /// <param name="sessionToken">The session token of temporary keys, or null.</param>
    /// <param name="expiration">When temporary keys end, or null for keys that do not.</param>
    /// <exception cref="ArgumentException">A part is blank: blank keys must never sign.</exception>
    public SessionCredentials(string accessKeyId, string secret, string? sessionToken = null, DateTimeOffset? expiration = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(accessKeyId);
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        if (sessionToken is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(sessionToken);
        AccessKeyId = accessKeyId;
        SessionToken = sessionToken;
        Expiration = expiration;
        _secret = Encoding.UTF8.GetBytes(secret);
    }

    private SessionCredentials(SessionCredentials from)
    {
        (AccessKeyId, SessionToken, Expiration) = (from.AccessKeyId, from.SessionToken, from.Expiration);
        lock (from._gate)
        {
            ObjectDisposedException.ThrowIf(from._disposed, from);
            _secret = [.. from._secret];
        }
    }

    /// <summary>The access key id, which is no secret.</summary>
    public string AccessKeyId { get; }

    /// <summary>The session token, or null.</summary>
    public string? SessionToken { get; }

    /// <summary>When these keys end, or null when they do not.</summary>
    public DateTimeOffset? Expiration { get; }

    /// <summary>Whether another holds the same keys, told in constant time.</summary>
    public bool HasSameKeys(SessionCredentials other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return AccessKeyId == other.AccessKeyId
            && CryptographicOperations.FixedTimeEquals(_secret, other._secret)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(SessionToken ?? ""), Encoding.UTF8.GetBytes(other.SessionToken ?? ""));
    }

    /// <summary>The secret itself, for whoever must hand the keys to a signer that is not ours. Name this where it is used, never where something is told.</summary>
    /// <exception cref="ObjectDisposedException">The credentials were zeroed.</exception>
    public string RevealSecret()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return Encoding.UTF8.GetString(_secret);
        }
    }

    /// <summary>The same keys in an object of its own, to be zeroed on its own.</summary>
    /// <exception cref="ObjectDisposedException">The credentials were zeroed.</exception>
    public SessionCredentials Copy() => new(this);

    /// <summary>Zeroes the secret and the derived keys. Signing with these credentials fails from then on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Interlocked.MemoryBarrier();
            CryptographicOperations.ZeroMemory(_secret);
            _key?.Dispose();
            _key = null;
            _ecdsaKey?.Dispose();
            _ecdsaKey = null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{AccessKeyId} (secret not shown)";

    /// <summary>Signs with the key that a scope asks for.</summary>
    /// <param name="date">The day, which the key of one region depends on.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="stringToSign">What is signed.</param>
    /// <param name="signature">Takes the signature; <see cref="MaximumSignatureLength"/> bytes.</param>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="ObjectDisposedException">The credentials were zeroed, be it in the middle of this.</exception>
    internal int Sign(ReadOnlySpan<byte> date, in CredentialScope scope, ReadOnlySpan<byte> stringToSign, Span<byte> signature)
    {
        if (scope.RegionSet is not null)
            return SignWithKeyPair(stringToSign, signature);
        KeyFor(date, scope).Sign(stringToSign, signature);
        // A dispose marks first and zeroes after: whose key was zeroed while it signed sees the mark here, and sends nothing.
        Interlocked.MemoryBarrier();
        ObjectDisposedException.ThrowIf(_disposed, this);
        return HMACSHA256.HashSizeInBytes;
    }

    /// <summary>Signs with the key pair of SigV4A: derived once, the same for every day and scope.</summary>
    private int SignWithKeyPair(ReadOnlySpan<byte> stringToSign, Span<byte> signature)
    {
        // Key objects are not promised to serve several threads.
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _ecdsaKey ??= EcdsaSigningKey.Derive(AccessKeyId, _secret);
            return EcdsaSigningKey.Sign(_ecdsaKey, stringToSign, signature);
        }
    }

    /// <summary>The signing key: derived once, kept until the day or the scope changes.</summary>
    /// <remarks>
    /// One slot suffices: a principal signs for one scope. Around midnight UTC two days may take turns in it; each caller
    /// still gets the key of the day it asked for, for the slot is compared and never trusted. A key that leaves the slot is not
    /// zeroed, since another thread may be signing with it; it is good for its day alone.
    /// </remarks>
    private SigningKey KeyFor(ReadOnlySpan<byte> date, in CredentialScope scope)
    {
        var kept = _key;
        if (kept is not null && kept.Fits(date, scope))
            return kept;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _key = SigningKey.Derive(_secret, date, scope);
        }
    }
}
