using SigningProxy.Catalog;

namespace SigningProxy.Configuration;

/// <summary>The files of a catalog: one, or those of a folder in ordinal order.</summary>
internal static class CatalogFiles
{
    public const int MaximumFiles = 1000;
    public const int MaximumBytes = 4 * 1024 * 1024;

    /// <summary>The link that Kubernetes swaps to replace all files of a volume at once.</summary>
    public const string SwappedLink = "..data";

    public static (IReadOnlyList<string> Files, CatalogFault? Fault) Find(string path)
    {
        if (!Directory.Exists(path))
            return ([path], null);
        try
        {
            var files = Directory.EnumerateFiles(path)
                .Where(f => IsCatalogFile(Path.GetFileName(f)))
                .Take(MaximumFiles + 1)
                .Order(StringComparer.Ordinal)
                .ToList();
            return files.Count switch
            {
                0 => ([], Fault(path, "the folder holds no *.yaml or *.yml file", "Put the catalog into it.")),
                > MaximumFiles => ([], Fault(path, $"the folder holds more than {MaximumFiles} catalog files", "Put several entries into each.")),
                _ => (files, null),
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ([], Fault(path, "the folder cannot be read by this user", "Give it the right to."));
        }
    }

    // Not dotfiles: editors and Kubernetes keep their own there.
    private static bool IsCatalogFile(string name) =>
        !name.StartsWith('.') && (name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal));

    private static CatalogFault Fault(string path, string rule, string mend) => new(FaultSeverity.Error, path, 0, "", null, rule, mend);
}
