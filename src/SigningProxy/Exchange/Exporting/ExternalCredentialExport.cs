using SigningProxy.Catalog;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange.Importing;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Exchange.Exporting;

/// <summary>Writes the file of an external credential.</summary>
/// <param name="entry">The entry.</param>
/// <param name="omit">Takes what the format cannot hold.</param>
internal sealed class ExternalCredentialExport(YamlMap entry, Action<string> omit)
{
    private const string Group = "DefaultGroup";

    private readonly List<(string Type, string Name, string? Value, string Group, string? Sequence, string? Certificate)> _parameters = [];

    /// <returns>The text, and the names of the principals in it; null where the format cannot hold the entry at all.</returns>
    public (string Text, HashSet<string> Principals)? Write()
    {
        if (entry.TextOf("authenticationProtocol") is var protocol and not "AwsSignatureV4")
        {
            omit($"authenticationProtocol {protocol} has no counterpart, and it was left out");
            return null;
        }
        Set(Setting.AccountId, entry.TextOf("awsAccountId"));
        Set(Setting.Region, entry.TextOf("region"));
        Set(Setting.Service, entry.TextOf("service"));
        Variant();
        foreach (var code in entry.TextsOf("additionalStatusCodesForTokenRefresh"))
            Add(ParameterTypes.StatusCode, ParameterTypes.StatusCode, code);
        foreach (var (name, value, sequence) in HeaderExport.Of(entry, omit))
            Add(ParameterTypes.AuthHeader, name, value, sequence: sequence);
        var principals = Principals();

        using var xml = new MetadataWriter(MetadataKind.ExternalCredential);
        xml.Element("authenticationProtocol", ExternalCredentialImport.Protocol);
        foreach (var parameter in _parameters)
        {
            xml.Element(
                ExternalCredentialImport.Parameters,
                ("certificate", parameter.Certificate), ("parameterGroup", parameter.Group), ("parameterName", parameter.Name), ("parameterType", parameter.Type), ("parameterValue", parameter.Value), ("sequenceNumber", parameter.Sequence));
        }
        xml.Element("label", Labels.Of(entry, omit));
        return (xml.End(), principals);
    }

    private void Variant()
    {
        switch (entry.TextOf("variant"))
        {
            case nameof(CredentialVariant.AssumeRole):
                Add(ParameterTypes.Variant, ExternalCredentialImport.Protocol, ParameterTypes.StsVariant);
                Add(ParameterTypes.StsPrincipal, ParameterTypes.StsPrincipal, null, ParameterTypes.StsPrincipal);
                Set(Setting.ExternalId, entry.MapOf("sts")?.TextOf("externalId"), ParameterTypes.QueryParameter);
                Set(Setting.Duration, entry.MapOf("sts")?.TextOf("durationSeconds"), ParameterTypes.QueryParameter);
                break;
            case nameof(CredentialVariant.RolesAnywhere):
                var settings = entry.MapOf("rolesAnywhere");
                Add(ParameterTypes.Variant, ExternalCredentialImport.Protocol, ParameterTypes.RolesAnywhereVariant);
                Set(Setting.TrustAnchorArn, settings?.TextOf("trustAnchorArn"));
                Set(Setting.ProfileArn, settings?.TextOf("profileArn"));
                Set(Setting.Duration, settings?.TextOf("durationSeconds"), ParameterTypes.QueryParameter);
                Certificate(settings?.MapOf("certificate"));
                break;
        }
    }

    // Its name there is the name of its file here.
    private void Certificate(YamlMap? certificate)
    {
        if (certificate is null)
            return;
        var file = certificate.TextOf("file");
        var name = Path.GetFileNameWithoutExtension(file);
        if (!DeveloperName.IsValid(name))
            omit("rolesAnywhere.certificate: it has no file whose name could be the certificate's there. Upload it there by hand, and choose it");
        else
        {
            _parameters.Add((ParameterTypes.SigningCertificate, ParameterTypes.SigningCertificate, null, Group, null, name));
            omit($"rolesAnywhere.certificate: only its name, {name}, is held. Upload it there by hand, under this name");
        }
    }

    private HashSet<string> Principals()
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var principal in entry.MapsOf("principals"))
        {
            if (principal.TextOf("name") is { } name && MetadataWriter.Holds(name) && written.Add(name))
                Add(ParameterTypes.NamedPrincipal, name, null, name, principal.TextOf("sequenceNumber"));
            else
                omit($"principal {principal.TextOf("name")}: XML cannot hold its name, and it was left out");
        }
        return written;
    }

    private void Set(Setting setting, string? value, string type = ParameterTypes.AuthParameter)
    {
        if (value is not null)
            Add(type, Spellings.Of(setting), value);
    }

    private void Add(string type, string name, string? value, string group = Group, string? sequence = null) => _parameters.Add((type, name, value, group, sequence, null));
}
