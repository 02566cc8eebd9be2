using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Exchange.Importing;

/// <summary>Makes a permission set or a profile of its file: what it grants of principals.</summary>
/// <param name="document">The file.</param>
/// <param name="name">The Name it has here.</param>
/// <param name="credentials">What became of the external credentials.</param>
/// <param name="omissions">Takes what has no counterpart.</param>
internal sealed class GrantImport(MetadataDocument document, string name, ImportedCredentials credentials, ICollection<Omission> omissions)
{
    public const string Principal = "externalCredentialPrincipal";

    /// <returns>The entry, or null where it grants no principal.</returns>
    public YamlMap? Read()
    {
        var principals = Principals().Distinct(StringComparer.Ordinal).ToList();
        if (principals.Count == 0)
        {
            Omit("it grants no principal, and was left out");
            return null;
        }
        OmitOthers();
        var label = document.Text("label") ?? document.File.Name;
        return Nodes.Map(
            ("name", Nodes.Text(name)),
            ("label", label == name ? null : Nodes.Text(label)),
            // The original's files do not say who has a permission set.
            ("callers", document.File.Kind == MetadataKind.PermissionSet ? new YamlList(0, 1, []) : null),
            ("principals", Nodes.List(principals.Select(p => Nodes.Text(p)!))));
    }

    private IEnumerable<string> Principals()
    {
        foreach (var access in document.Of(document.File.Kind.Repeated).Where(a => a["enabled"] == "true"))
        {
            if (credentials.TryResolvePrincipal(access[Principal] ?? "", out var principal, out var reason))
                yield return principal;
            else
                Omit($"a grant was left out: {reason}");
        }
    }

    private void OmitOthers()
    {
        var others = document.Elements
            .Where(e => e.Name != document.File.Kind.Repeated && (e.Name is not ("label" or "fullName" or "hasActivationRequired") || e is { Name: "hasActivationRequired", Text: "true" }))
            .Select(e => e.Name).Distinct().ToList();
        if (others.Count > 0)
            Omit($"only what it grants of principals was taken, and not {string.Join(", ", others)}");
    }

    private void Omit(string reason) => omissions.Add(new Omission($"{document.File.Kind.Word} {name}", reason));
}
