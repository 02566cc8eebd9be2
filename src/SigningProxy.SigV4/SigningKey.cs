using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.SigV4;

/// <summary>The key derived from a secret for one day, region and service. Safe for use by many threads, also while it is disposed.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly byte[] _date;
    private readonly CredentialScope _scope;
    private readonly byte[] _key;

    // A key that stays set up signs in half the time. It is, from its second use on; whoever finds it in use does without.
    private IncrementalHash? _ready;
    private int _usesWithout;
    private volatile bool _disposed;

    private SigningKey(byte[] date, CredentialScope scope, byte[] key) => (_date, _scope, _key) = (date, scope, key);

    public static SigningKey Derive(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> date, in CredentialScope scope)
    {
        var seed = new byte[4 + secret.Length];
        "AWS4"u8.CopyTo(seed);
        secret.CopyTo(seed.AsSpan(4));
        Span<byte> key = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(seed, date, key);
        CryptographicOperations.ZeroMemory(seed);
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(scope.Region), key);
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(scope.Service), key);
        HMACSHA256.HashData(key, "aws4_request"u8, key);
        var derived = new SigningKey(date.ToArray(), scope, key.ToArray());
        CryptographicOperations.ZeroMemory(key);
        return derived;
    }

    public bool Fits(ReadOnlySpan<byte> date, in CredentialScope scope) => date.SequenceEqual(_date) && scope == _scope;

    public void Sign(ReadOnlySpan<byte> stringToSign, Span<byte> signature)
    {
        var ready = Interlocked.Exchange(ref _ready, null) ?? (Interlocked.Increment(ref _usesWithout) == 2 ? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key) : null);
        if (ready is null)
        {
            HMACSHA256.HashData(_key, stringToSign, signature);
            return;
        }
        ready.AppendData(stringToSign);
        ready.GetHashAndReset(signature);
        Interlocked.Exchange(ref _ready, ready);
        if (_disposed)
            Interlocked.Exchange(ref _ready, null)?.Dispose();
    }

    /// <summary>Zeroes the key. What is signed from then on, or just then, is worth nothing.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_key);
        Interlocked.Exchange(ref _ready, null)?.Dispose();
    }
}
