using SigningProxy.Catalog;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Readers;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Configuration;

/// <summary>Reads a catalog's files as nodes: the entries as somebody wrote them.</summary>
internal static class CatalogNodes
{
    /// <summary>The sections of all files, each with the entries of all. What is not in the form of a catalog is a fault; nothing else is judged, and no secret is read.</summary>
    /// <param name="path">A file, or a folder of them.</param>
    /// <param name="faults">Takes the faults.</param>
    public static YamlMap Read(string path, FaultList faults)
    {
        var (files, fault) = CatalogFiles.Find(path);
        if (fault is not null)
            faults.Add(fault);
        var sections = files.Select(f => (File: f, Map: Compose(f, FileText.Read(f, CatalogFiles.MaximumBytes), faults)))
            .Where(f => f.Map is not null)
            .SelectMany(f => Judged(f.File, f.Map!, faults).Entries);
        return new YamlMap(0, 1, [.. sections
            .Where(s => s.Value is YamlList)
            .GroupBy(s => s.Key.Value, s => (YamlList)s.Value)
            .Select(s => (new YamlText(0, s.Key, Plain: true), (YamlNode)new YamlList(0, 1, [.. s.SelectMany(l => l.Items)])))]);
    }

    /// <summary>The sections of one file; null where it is empty or none, which is a fault.</summary>
    /// <param name="file">The file.</param>
    /// <param name="content">What was read of it.</param>
    /// <param name="faults">Takes the faults.</param>
    public static YamlMap? Compose(string file, FileText content, FaultList faults)
    {
        if (content.Text() is not { } text)
        {
            Whole(0, content.Problem ?? $"the file {file} is not text in UTF-8", "Provide the catalog as a file that can be read.");
            return null;
        }
        try
        {
            var root = YamlComposer.Compose(text);
            if (root is YamlMap map)
                return map;
            if (root is not (null or YamlText { IsNull: true }))
                Whole(root.Line, "a catalog must be a list of sections with their entries", "Begin with externalCredentials: or namedCredentials:.");
        }
        catch (YamlFaultException yaml)
        {
            Whole(yaml.Line, yaml.Message, yaml.Mend);
        }
        return null;

        void Whole(int line, string rule, string mend) => faults.Add(new CatalogFault(FaultSeverity.Error, file, line, "", null, rule, mend));
    }

    private static YamlMap Judged(string file, YamlMap map, FaultList faults)
    {
        var fields = new FieldReader(map, file, "", faults);
        CatalogReader.Read(fields);
        fields.Finish();
        return map;
    }
}
