using System.Globalization;
using System.Text.Json;
using SigningProxy.Listeners;

namespace SigningProxy.Cli;

/// <summary>What the command line of <c>run</c> says; it goes before every other source of settings.</summary>
/// <param name="Catalog">The catalog's file or folder.</param>
/// <param name="Listen">The listeners for callouts; those of the settings when empty.</param>
/// <param name="Operations">The operations listener; that of the settings when null.</param>
/// <param name="Settings">Host settings, each <c>KEY=VALUE</c>.</param>
/// <param name="SettingsFile">A JSON file of host settings, or null.</param>
internal sealed record RunOptions(string Catalog, IReadOnlyList<string> Listen, string? Operations, IReadOnlyList<string> Settings, string? SettingsFile)
{
    /// <summary>The operator's socket; that of the settings when null.</summary>
    public string? Operator { get; init; }

    /// <summary>Whether it names host settings.</summary>
    public bool HasSettings => Settings.Count > 0 || SettingsFile is not null;

    /// <exception cref="ConfigurationException">The file of settings cannot be read.</exception>
    public void AddTo(ConfigurationManager configuration)
    {
        if (SettingsFile is not null)
            AddFile(configuration, SettingsFile);
        var given = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        // Of one that is given twice, the last stands.
        foreach (var setting in Settings.Select(s => s.Split('=', 2)))
            given[setting[0]] = setting[1];
        if (Operations is not null)
            given[$"{ListenerOptions.Section}:{nameof(ListenerOptions.Operations)}"] = Operations;
        if (Operator is not null)
            given[$"{ListenerOptions.Section}:{nameof(ListenerOptions.Operator)}"] = Operator;
        // A list that is given takes the place of the whole list of the settings.
        for (var i = 0; Listen.Count > 0 && (i < Listen.Count || configuration[Key(i)] is not null); i++)
            given[Key(i)] = i < Listen.Count ? Listen[i] : Listen[^1];
        configuration.AddInMemoryCollection(given);

        static string Key(int i) => string.Create(CultureInfo.InvariantCulture, $"{ListenerOptions.Section}:{nameof(ListenerOptions.Callouts)}:{i}");
    }

    private static void AddFile(ConfigurationManager configuration, string file)
    {
        try
        {
            configuration.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                HostSettings.NotValid, [$"{file}: this is not a file of settings{LineOf(e)}. Give one that this user may read and that holds one JSON object."]);
        }
    }

    private static string LineOf(Exception e) => e.GetBaseException() is JsonException { LineNumber: { } line } ? string.Create(CultureInfo.InvariantCulture, $" (line {line + 1})") : "";
}
