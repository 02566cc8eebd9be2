using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange.Importing;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Exchange.Exporting;

/// <summary>Writes the file of a named credential.</summary>
internal static class NamedCredentialExport
{
    public static string Write(YamlMap entry, Action<string> omit)
    {
        using var xml = new MetadataWriter(MetadataKind.NamedCredential);
        xml.Element("allowMergeFieldsInBody", "false");
        xml.Element("allowMergeFieldsInHeader", Flag(entry, "allowMergeFieldsInHeader", whenAbsent: false));
        xml.Element("calloutStatus", Flag(entry, "enabledForCallouts", whenAbsent: true) == "true" ? "Enabled" : "Disabled");
        xml.Element("generateAuthorizationHeader", Flag(entry, "generateAuthorizationHeader", whenAbsent: true));
        xml.Element("label", Labels.Of(entry, omit));
        xml.Element(NamedCredentialImport.Parameters, ("parameterName", "Url"), ("parameterType", ParameterTypes.Url), ("parameterValue", entry.TextOf("url")));
        xml.Element(NamedCredentialImport.Parameters, ("externalCredential", entry.TextOf("externalCredential")), ("parameterName", "ExternalCredential"), ("parameterType", ParameterTypes.Authentication));
        if (entry.TextOf("clientCertificate") is { } certificate)
            xml.Element(NamedCredentialImport.Parameters, ("certificate", certificate), ("parameterName", "ClientCertificate"), ("parameterType", ParameterTypes.ClientCertificate));
        foreach (var (name, value, sequence) in HeaderExport.Of(entry, omit))
            xml.Element(NamedCredentialImport.Parameters, ("parameterName", name), ("parameterType", ParameterTypes.HttpHeader), ("parameterValue", value), ("sequenceNumber", sequence));
        xml.Element("namedCredentialType", NamedCredentialImport.SecuredEndpoint);
        return xml.End();
    }

    private static string Flag(YamlMap entry, string field, bool whenAbsent) =>
        (bool.TryParse(entry.TextOf(field), out var flag) ? flag : whenAbsent) ? "true" : "false";
}
