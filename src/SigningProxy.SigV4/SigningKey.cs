using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.SigV4;

/// <summary>The key derived from a secret for one day, region and service.</summary>
internal sealed class SigningKey
{
    private readonly byte[] _date;
    private readonly CredentialScope _scope;
    private readonly byte[] _key;

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

    public void Sign(ReadOnlySpan<byte> stringToSign, Span<byte> signature) => HMACSHA256.HashData(_key, stringToSign, signature);

    public void Clear() => CryptographicOperations.ZeroMemory(_key);
}
