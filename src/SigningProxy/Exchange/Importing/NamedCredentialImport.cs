using SigningProxy.Catalog;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Exchange.Importing;

/// <summary>Makes a named credential of its file.</summary>
/// <param name="document">The file.</param>
/// <param name="name">The Name it has here.</param>
/// <param name="credentials">What became of the external credentials.</param>
/// <param name="certificates">Takes the names of client certificates.</param>
/// <param name="omissions">Takes what has no counterpart.</param>
internal sealed class NamedCredentialImport(
    MetadataDocument document, string name, ImportedCredentials credentials, ICollection<string> certificates, ICollection<Omission> omissions)
{
    public static readonly string Parameters = MetadataKind.NamedCredential.Repeated;

    /// <summary>The type that uses an external credential.</summary>
    public const string SecuredEndpoint = "SecuredEndpoint";

    private static readonly string[] Known = ["label", "namedCredentialType", "calloutStatus", "generateAuthorizationHeader", "allowMergeFieldsInHeader", "allowMergeFieldsInBody", "fullName", Parameters];

    /// <returns>The entry, or null where it has no counterpart at all.</returns>
    public YamlMap? Read()
    {
        var type = document.Text("namedCredentialType");
        if (type is not SecuredEndpoint)
        {
            return LeaveOut(type == "PrivateEndpoint"
                ? "it is a PrivateEndpoint, which leads over a private connection of the original's. Declare it by hand, with the address by which your network reaches it"
                : $"it is of the type {type ?? "Legacy"}, which uses no external credential. Make it a {SecuredEndpoint} in the original first, or declare it by hand");
        }
        var external = ExternalCredential(out var reason);
        if (reason is not null)
            return LeaveOut(reason);

        var certificate = ClientCertificate();
        OmitOthers();
        return Nodes.Map(
            ("name", Nodes.Text(name)),
            ("label", Nodes.Text(document.Text("label") ?? name)),
            ("url", Nodes.Text(Value(ParameterTypes.Url))),
            ("externalCredential", Nodes.Text(external)),
            ("enabledForCallouts", Nodes.Flag(document.Text("calloutStatus") == "Disabled" ? false : null)),
            ("generateAuthorizationHeader", Nodes.Flag(document.Flag("generateAuthorizationHeader") == false ? false : null)),
            ("allowMergeFieldsInHeader", Nodes.Flag(document.Flag("allowMergeFieldsInHeader") == true ? true : null)),
            ("customHeaders", HeaderImport.Read(Of(ParameterTypes.HttpHeader).Concat(Of(ParameterTypes.AuthHeader)), Omit)),
            ("clientCertificate", Nodes.Text(certificate)));
    }

    private string? ExternalCredential(out string? reason)
    {
        (string? resolved, reason) = (null, null);
        var fullName = Of(ParameterTypes.Authentication).Select(p => p["externalCredential"] ?? p["parameterValue"]).FirstOrDefault();
        return fullName is null || credentials.TryResolve(fullName, out resolved, out reason) ? resolved : null;
    }

    private string? ClientCertificate()
    {
        var certificate = Of(ParameterTypes.ClientCertificate).Select(p => p["certificate"] ?? p["parameterValue"]).FirstOrDefault();
        if (certificate is not null && !DeveloperName.IsValid(certificate))
        {
            Omit($"the name of its client certificate, {certificate}, is no Name");
            return null;
        }
        if (certificate is not null && !certificates.Contains(certificate))
            certificates.Add(certificate);
        return certificate;
    }

    private void OmitOthers()
    {
        if (document.Flag("allowMergeFieldsInBody") == true)
            Omit("allowMergeFieldsInBody: formulas in bodies have no counterpart; a body is sent as it comes");
        foreach (var other in document.Elements.Where(e => !Known.Contains(e.Name)).Select(e => e.Name).Distinct())
            Omit($"{other} has no counterpart");
        foreach (var group in document.Of(Parameters).GroupBy(p => p["parameterType"]))
        {
            if (group.Key is ParameterTypes.Url or ParameterTypes.Authentication or ParameterTypes.ClientCertificate)
            {
                if (group.Skip(1).Any())
                    Omit($"there is more than one parameter of the type {group.Key}; the first was taken");
            }
            else if (group.Key is not (ParameterTypes.HttpHeader or ParameterTypes.AuthHeader))
                Omit($"parameter {string.Join(", ", group.Select(p => p["parameterName"] ?? "(without a name)"))} of the type {group.Key ?? "(none)"} has no counterpart");
        }
    }

    private string? Value(string type) => Of(type).FirstOrDefault()?["parameterValue"];

    private IEnumerable<MetadataElement> Of(string type) => document.Of(Parameters).Where(p => p["parameterType"] == type);

    private YamlMap? LeaveOut(string reason)
    {
        Omit(reason);
        return null;
    }

    private void Omit(string reason) => omissions.Add(new Omission($"namedCredential {name}", reason));
}
