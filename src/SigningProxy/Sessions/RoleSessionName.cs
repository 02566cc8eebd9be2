using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.Sessions;

/// <summary>The name of a session in AWS's own trail: <c>SigningProxy-{principal}</c>.</summary>
/// <remarks>STS takes 2 to 64 of <c>[\w+=,.@-]</c>. Other characters become dashes; a longer name is cut, and ends in 8 digits of its SHA-256.</remarks>
internal static class RoleSessionName
{
    private const int Longest = 64;
    private const int DigestLength = 8;

    public static string Of(string principal)
    {
        var whole = $"SigningProxy-{principal}";
        var name = string.Concat(whole.Select(c => char.IsAsciiLetterOrDigit(c) || "_+=,.@-".Contains(c, StringComparison.Ordinal) ? c : '-'));
        return name.Length <= Longest
            ? name
            : name[..(Longest - DigestLength)] + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..DigestLength];
    }
}
