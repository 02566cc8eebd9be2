using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.Catalog;

/// <summary>
/// What a session is kept under: external credential, principal, and a digest of every input that shapes it. Two principals never share
/// one, and a principal whose inputs changed has another.
/// </summary>
internal sealed class SessionKey : IEquatable<SessionKey>
{
    private readonly int _hash;

    private SessionKey(string externalCredential, string principal, string inputs)
    {
        (ExternalCredential, Principal, Inputs) = (externalCredential, principal, inputs);
        _hash = HashCode.Combine(externalCredential, principal, inputs);
    }

    public string ExternalCredential { get; }

    public string Principal { get; }

    /// <summary>The digest, which chained principals take for an input of their own. Secrets went into it, so it is not for showing.</summary>
    public string Inputs { get; }

    /// <summary>Makes the key of a principal from all that shapes its session. The order of the inputs counts, and so does which of them are absent.</summary>
    public static SessionKey Of(string externalCredential, string principal, params ReadOnlySpan<string?> inputs)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var input in inputs)
        {
            var bytes = input is null ? [] : Encoding.UTF8.GetBytes(input);
            // Its length goes first, so that no two lists of inputs read alike.
            BinaryPrimitives.WriteInt32LittleEndian(length, input is null ? -1 : bytes.Length);
            digest.AppendData(length);
            digest.AppendData(bytes);
        }
        return new SessionKey(externalCredential, principal, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }

    public bool Equals(SessionKey? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Inputs == other.Inputs && ExternalCredential == other.ExternalCredential && Principal == other.Principal);

    public override bool Equals(object? obj) => Equals(obj as SessionKey);

    public override int GetHashCode() => _hash;

    public override string ToString() => $"{ExternalCredential}-{Principal}";
}
