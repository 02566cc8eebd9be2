using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Exchange;

/// <summary>What the original's files come to, before anything is written.</summary>
/// <param name="Catalog">The entries, with references where secrets belong.</param>
/// <param name="Omissions">What has no counterpart.</param>
internal sealed record ImportPreview(YamlMap Catalog, IReadOnlyList<Omission> Omissions);
