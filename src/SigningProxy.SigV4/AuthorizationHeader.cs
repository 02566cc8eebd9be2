using System.Text;

namespace SigningProxy.SigV4;

/// <summary>The value of <c>Authorization</c>.</summary>
internal static class AuthorizationHeader
{
    /// <summary>Writes it.</summary>
    /// <param name="to">A writer; what stands in it stays.</param>
    /// <param name="algorithm">AWS's name of the algorithm.</param>
    /// <param name="credential">What stands before the scope: an access key id, or a serial number.</param>
    /// <param name="scope">The credential scope.</param>
    /// <param name="at">The instant, in the form of <see cref="SigningInstant"/>.</param>
    /// <param name="headers">The signed headers.</param>
    /// <param name="signature">The signature of the string to sign.</param>
    public static string Write(
        ref ByteWriter to, string algorithm, string credential, in CredentialScope scope, ReadOnlySpan<byte> at, CanonicalHeaders headers,
        ReadOnlySpan<byte> signature)
    {
        var start = to.Length;
        to.Append(algorithm);
        to.Append(" Credential="u8);
        to.Append(credential);
        to.Append((byte)'/');
        scope.Write(ref to, SigningInstant.Day(at));
        to.Append(", SignedHeaders="u8);
        headers.WriteNames(ref to);
        to.Append(", Signature="u8);
        to.AppendHex(signature);
        return Encoding.UTF8.GetString(to.Written[start..]);
    }
}
