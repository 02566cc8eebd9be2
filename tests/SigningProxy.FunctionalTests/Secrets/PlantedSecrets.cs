using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.FunctionalTests.Secrets;

/// <summary>Texts that stand where secrets stand, each in one place, so that wherever one shows it is known whence it came.</summary>
internal sealed class PlantedSecrets
{
    private const int Length = 40;

    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The text of a place, planted by being asked for. It has the form of an AWS secret, and no encoding changes its letters and digits.</summary>
    /// <param name="place">What stands there, in a few words.</param>
    public string this[string place]
    {
        get
        {
            if (!_texts.TryGetValue(place, out var text))
                Add(place, text = $"s{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(place)))[..(Length - 1)]}");
            return text;
        }
    }

    /// <summary>Takes in a text that came to be elsewhere, such as a signature.</summary>
    public void Add(string place, string text) => _texts[place] = text;

    /// <summary>The places whose secret stands in a text.</summary>
    public IReadOnlyList<string> ShownIn(string text) =>
        [.. _texts.Where(t => text.Contains(t.Value, StringComparison.OrdinalIgnoreCase)).Select(t => t.Key)];
}
