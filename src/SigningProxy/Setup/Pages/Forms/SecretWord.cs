using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>What is told of a secret.</summary>
internal static class SecretWord
{
    /// <summary>Such as "Set"; null where there is none.</summary>
    public static string? Of(YamlNode? node) => node switch
    {
        YamlMap map when YamlPath.Text(map, "env") is { } variable => $"Set, from the variable {variable}",
        YamlMap map when YamlPath.Text(map, "file") is { } file => $"Set, from the file {file}",
        YamlMap => "Set",
        _ => null,
    };
}
