using System.Text;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange;
using SigningProxy.Exchange.Exporting;
using SigningProxy.Exchange.Importing;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Tests.Exchange;

/// <summary>Files of the original's, written for a test.</summary>
internal sealed class OriginalFiles
{
    private readonly List<MetadataFile> _files = [];

    public static string Root { get; } = FindRoot();

    /// <summary>An external credential with one principal, One, unless there are others.</summary>
    public OriginalFiles External(string name, string parameters, string protocol = "AwsSv4", string more = "") => Add(
        $"{name}.externalCredential-meta.xml",
        $"<ExternalCredential xmlns='{MetadataXml.Namespace}'><authenticationProtocol>{protocol}</authenticationProtocol>{more}"
        + (parameters.Contains("NamedPrincipal", StringComparison.Ordinal) ? "" : Parameter("One", "NamedPrincipal", more: "<sequenceNumber>1</sequenceNumber>"))
        + $"{parameters}<label>{name}</label></ExternalCredential>");

    public OriginalFiles Named(string name, string external, string parameters = "", string more = "", string type = "SecuredEndpoint") => Add(
        $"{name}.namedCredential-meta.xml",
        $"<NamedCredential xmlns='{MetadataXml.Namespace}'>{more}<label>{name}</label>"
        + Parameter("Url", "Url", "https://example.com/base", of: "namedCredentialParameters")
        + Parameter("ExternalCredential", "Authentication", more: $"<externalCredential>{external}</externalCredential>", of: "namedCredentialParameters")
        + $"{parameters}<namedCredentialType>{type}</namedCredentialType></NamedCredential>");

    /// <param name="name">Of the permission set or profile.</param>
    /// <param name="root">The root element: which of the two it is.</param>
    /// <param name="grants">Each as it is written; with a minus before it, not enabled.</param>
    public OriginalFiles Grants(string name, string root, params string[] grants) => Add(
        $"{Uri.EscapeDataString(name)}.{root.ToLowerInvariant()}-meta.xml",
        $"<{root} xmlns='{MetadataXml.Namespace}'>"
        + string.Concat(grants.Select(g => $"<externalCredentialPrincipalAccesses><enabled>{(g[0] == '-' ? "false" : "true")}</enabled><externalCredentialPrincipal>{g.TrimStart('-')}</externalCredentialPrincipal></externalCredentialPrincipalAccesses>"))
        + (root == "PermissionSet" ? $"<label>{name}</label>" : "") + $"</{root}>");

    public OriginalFiles Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    public OriginalFiles Add(string path, byte[] bytes)
    {
        Assert.True(MetadataKind.TryParse(path, out var kind, out var name));
        _files.Add(new MetadataFile(path, kind!, name, bytes));
        return this;
    }

    public ImportPreview Import() => MetadataImport.Of(_files);

    public static ImportPreview Import(ExportedFiles exported)
    {
        var files = new OriginalFiles();
        foreach (var (path, text) in exported.Files)
            files.Add(path, text);
        return files.Import();
    }

    public static string Parameter(string name, string type, string? value = null, string more = "", string of = "externalCredentialParameters") =>
        $"<{of}><parameterName>{name}</parameterName><parameterType>{type}</parameterType>{(value is null ? "" : $"<parameterValue>{value}</parameterValue>")}{more}</{of}>";

    public static string Yaml(YamlMap catalog) => YamlWriter.Write(YamlQuotes.Lighten(catalog));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SigningProxy.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No SigningProxy.sln above the tests.");
        return folder.FullName;
    }
}
