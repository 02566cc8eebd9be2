using System.Text.Json;
using System.Text.Json.Nodes;
using SigningProxy.Configuration;

namespace SigningProxy.Tests.Configuration;

public sealed class CatalogReportTests : IDisposable
{
    private readonly CatalogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WriteText_WhenGood_ClosesWithTheCounts()
    {
        var text = new StringWriter();
        CatalogReport.WriteText(_folder.Load("profiles: [{name: P, principals: []}]"), text);
        Assert.Equal(
            "The catalog is valid: 0 errors, 0 warnings; 0 external credentials with 0 principals, 0 named credentials, 0 permission sets, 1 profile, 0 callers, 0 certificates.\n",
            text.ToString());
    }

    [Fact]
    public void WriteText_GroupsByFile()
    {
        _folder.Write("a.yaml", "profiles: [{name: P}]\nextra: 1");
        _folder.Write("b.yaml", "extra: 1");
        var text = new StringWriter();
        CatalogReport.WriteText(_folder.Loader(_folder.Path).Load(null), text);
        var lines = text.ToString().Split('\n');
        Assert.StartsWith($"{_folder.Path}/a.yaml:1: error: profile P: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{_folder.Path}/a.yaml:2: error: there is no field extra. There are ", lines[1], StringComparison.Ordinal);
        Assert.Equal("", lines[2]);
        Assert.StartsWith($"{_folder.Path}/b.yaml:1: error: ", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void WriteJson_TellsTheSame()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            CatalogReport.WriteJson(_folder.Load("profiles: [{name: P}]"), writer);
        var json = JsonNode.Parse(stream.ToArray())!;
        Assert.False((bool)json["valid"]!);
        Assert.Equal(1, (int)json["counts"]!["errors"]!);
        Assert.Equal(1, (int)json["counts"]!["profiles"]!);
        var fault = json["faults"]![0]!;
        Assert.Equal(["severity", "file", "line", "entry", "field", "rule", "mend"], fault.AsObject().Select(p => p.Key));
        Assert.Equal(("error", _folder.Catalog, 1, "profile P", "principals is missing"),
            ((string)fault["severity"]!, (string)fault["file"]!, (int)fault["line"]!, (string)fault["entry"]!, (string)fault["rule"]!));
    }

    [Fact]
    public void WriteJson_WhenTheFileIsMissing_HasNoLine()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            CatalogReport.WriteJson(_folder.Load(), writer);
        Assert.Null(JsonNode.Parse(stream.ToArray())!["faults"]![0]!["line"]);
    }
}
