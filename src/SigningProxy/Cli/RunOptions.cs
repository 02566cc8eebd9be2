using System.Globalization;
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
    public void AddTo(ConfigurationManager configuration)
    {
        if (SettingsFile is not null)
            configuration.AddJsonFile(Path.GetFullPath(SettingsFile), optional: false, reloadOnChange: false);
        var given = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        // Of one that is given twice, the last stands.
        foreach (var setting in Settings.Select(s => s.Split('=', 2)))
            given[setting[0]] = setting[1];
        if (Operations is not null)
            given[$"{ListenerOptions.Section}:{nameof(ListenerOptions.Operations)}"] = Operations;
        // A list that is given takes the place of the whole list of the settings.
        for (var i = 0; Listen.Count > 0 && (i < Listen.Count || configuration[Key(i)] is not null); i++)
            given[Key(i)] = i < Listen.Count ? Listen[i] : Listen[^1];
        configuration.AddInMemoryCollection(given);

        static string Key(int i) => string.Create(CultureInfo.InvariantCulture, $"{ListenerOptions.Section}:{nameof(ListenerOptions.Callouts)}:{i}");
    }
}
