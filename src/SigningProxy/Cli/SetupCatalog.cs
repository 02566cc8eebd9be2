using System.Text.Json;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Setup.Api;

namespace SigningProxy.Cli;

/// <summary>The entries of a running Setup as a catalog. Secrets stand as <c>{stored: FIELD}</c>.</summary>
internal static class SetupCatalog
{
    /// <param name="client">Asks Setup.</param>
    /// <param name="wanted">Which entries.</param>
    /// <param name="cancellation">Of whoever waits.</param>
    /// <exception cref="IOException">There is no good answer.</exception>
    public static async Task<YamlMap> ReadAsync(SetupClient client, Func<JsonElement, bool> wanted, CancellationToken cancellation)
    {
        var sections = new List<(YamlText Key, YamlNode Value)>();
        foreach (var (word, _) in ApiKinds.All)
            sections.Add(EntryYaml.Section(KindArgument.SectionOf(word), (await client.AllAsync(word, cancellation)).Where(wanted)));
        return new YamlMap(0, 1, sections);
    }
}
