using System.Text;
using SigningProxy.Callers;
using SigningProxy.Catalog;

namespace SigningProxy.Forwarding;

/// <summary>Fills the merge fields of a custom header's value.</summary>
internal static class MergeFields
{
    private const string Opening = "{!$";

    public static string Fill(string value, Caller caller, NamedCredential named, Principal principal) =>
        !value.Contains(Opening, StringComparison.Ordinal)
            ? value
            : Encode(value
                .Replace("{!$Caller.Name}", caller.Name, StringComparison.Ordinal)
                .Replace("{!$NamedCredential.Name}", named.Name, StringComparison.Ordinal)
                .Replace("{!$Principal.Name}", principal.Name, StringComparison.Ordinal));

    /// <summary>Percent-encodes what is not visible ASCII or a space between it: a name must not break the header it is merged into.</summary>
    private static string Encode(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            if (octet is >= 0x21 and <= 0x7e)
                text.Append((char)octet);
            else
                text.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }
}
