using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace SigningProxy.Forwarding;

/// <summary>
/// Metadata of a route or cluster that carries more than text. YARP hands it around untouched and compares it by its text, so that what
/// is carried arrives together with the configuration it belongs to, whatever has been published since.
/// </summary>
internal abstract class CarriedMetadata(IReadOnlyDictionary<string, string> text) : IReadOnlyDictionary<string, string>
{
    public string this[string key] => text[key];

    public IEnumerable<string> Keys => text.Keys;

    public IEnumerable<string> Values => text.Values;

    public int Count => text.Count;

    public bool ContainsKey(string key) => text.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => text.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => text.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
