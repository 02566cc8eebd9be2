using SigningProxy.Catalog;
using SigningProxy.Configuration;

namespace SigningProxy.Tests.Configuration;

/// <summary>A folder of its own for a test, with the catalog and its secrets in it.</summary>
internal sealed class CatalogFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("catalog-");

    public string Path => _folder.FullName;

    public string Catalog => System.IO.Path.Combine(Path, "catalog.yaml");

    public Dictionary<string, string> Environment { get; } = [];

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public CatalogLoader Loader(string? path = null) => new(path ?? Catalog, Environment.GetValueOrDefault);

    public CatalogLoad Load(CatalogSnapshot? lastGood = null) => Loader().Load(lastGood);

    public CatalogLoad Load(string yaml, CatalogSnapshot? lastGood = null)
    {
        Write("catalog.yaml", yaml);
        return Load(lastGood);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
