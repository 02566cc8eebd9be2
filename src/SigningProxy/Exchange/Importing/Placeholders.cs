using System.Text.RegularExpressions;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Exchange.Importing;

/// <summary>Names the places where secrets and certificates are to be put: no two principals share one.</summary>
internal sealed partial class Placeholders
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The variables of a key pair.</summary>
    /// <param name="of">Whose keys, the outermost name first.</param>
    public (string KeyId, string Secret) Keys(params string[] of)
    {
        var stem = Other().Replace(string.Join('_', of), "_").Trim('_').ToUpperInvariant();
        var name = stem;
        for (var number = 2; !_taken.Add(name); number++)
            name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{stem}_{number}");
        return ($"{name}_ACCESS_KEY", $"{name}_ACCESS_SECRET");
    }

    /// <summary>The file of a certificate, beside the catalog.</summary>
    public static string File(string certificate) => $"{certificate}.pem";

    /// <summary>The entry of a certificate.</summary>
    public static YamlMap Certificate(string name) => Nodes.Map(("name", Nodes.Text(name)), ("file", Nodes.Text(File(name))));

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Other();
}
