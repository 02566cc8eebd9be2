using System.Buffers.Text;
using System.Security.Cryptography;

namespace SigningProxy.Setup.SignIn;

/// <summary>Texts that nobody guesses.</summary>
internal static class NewToken
{
    // 256 bits.
    private const int Bytes = 32;

    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
}
