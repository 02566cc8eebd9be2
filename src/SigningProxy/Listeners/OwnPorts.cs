using System.Globalization;
using Microsoft.Extensions.Primitives;
using SigningProxy.Catalog;

namespace SigningProxy.Listeners;

/// <summary>The named credentials' own listen ports, as configuration that Kestrel follows: a reload opens and closes them.</summary>
internal sealed class OwnPorts(CurrentCatalog catalog) : ConfigurationProvider, IConfigurationSource, IDisposable
{
    private IDisposable? _watching;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load()
    {
        Data = Endpoints(catalog.Snapshot);
        _watching ??= ChangeToken.OnChange(() => catalog.Watch().Replaced, Follow);
    }

    public void Dispose() => _watching?.Dispose();

    private void Follow()
    {
        var endpoints = Endpoints(catalog.Snapshot);
        if (endpoints.Count == Data.Count && !endpoints.Except(Data).Any())
            return;
        Data = endpoints;
        OnReload();
    }

    private static Dictionary<string, string?> Endpoints(CatalogSnapshot snapshot) => snapshot.ByListenPort.ToDictionary(
        pair => $"Endpoints:{pair.Value.Name}:Url",
        pair => (string?)string.Create(CultureInfo.InvariantCulture, $"http://localhost:{pair.Key}"),
        StringComparer.OrdinalIgnoreCase);
}
