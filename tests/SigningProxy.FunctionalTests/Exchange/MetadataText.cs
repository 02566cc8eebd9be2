namespace SigningProxy.FunctionalTests.Exchange;

/// <summary>A folder of the original's files: an access key's external credential, Keyed, and a role's, Assumed, each with a named credential of its name and one permission set for both.</summary>
internal static class MetadataText
{
    public static void Write(string folder, Uri destination)
    {
        External(folder, "Keyed", Parameter("X-Team", "AuthHeader", "{!'orders'}"));
        External(folder, "Assumed", Parameter("AwsSv4", "AuthProtocolVariant", "AwsSv4_STS") + Parameter("AwsStsDuration", "AuthProviderUrlQueryParameter", "3600"));
        foreach (var name in new[] { "Keyed", "Assumed" })
        {
            Write(folder, $"namedCredentials/{name}.namedCredential", $"""
                <NamedCredential><label>{name}</label><namedCredentialType>SecuredEndpoint</namedCredentialType>
                <namedCredentialParameters><parameterName>Url</parameterName><parameterType>Url</parameterType><parameterValue>{destination}</parameterValue></namedCredentialParameters>
                <namedCredentialParameters><externalCredential>{name}</externalCredential><parameterName>E</parameterName><parameterType>Authentication</parameterType></namedCredentialParameters></NamedCredential>
                """);
        }
        Write(folder, "permissionsets/Keepers.permissionset", $"<PermissionSet>{Grant("Keyed-One")}{Grant("Assumed-One")}<label>Keepers</label></PermissionSet>");
    }

    public static void Write(string folder, string path, string text)
    {
        var file = Path.Combine(folder, $"{path}-meta.xml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static void External(string folder, string name, string parameters) => Write(folder, $"externalCredentials/{name}.externalCredential", $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <ExternalCredential xmlns="http://soap.sforce.com/2006/04/metadata"><authenticationProtocol>AwsSv4</authenticationProtocol><label>{name}</label>
        {Parameter("AwsService", "AuthParameter", "lambda")}{Parameter("AwsRegion", "AuthParameter", "eu-west-1")}{parameters}
        <externalCredentialParameters><parameterName>One</parameterName><parameterType>NamedPrincipal</parameterType><sequenceNumber>1</sequenceNumber></externalCredentialParameters></ExternalCredential>
        """);

    private static string Parameter(string name, string type, string value) =>
        $"<externalCredentialParameters><parameterName>{name}</parameterName><parameterType>{type}</parameterType><parameterValue>{value}</parameterValue></externalCredentialParameters>";

    private static string Grant(string principal) =>
        $"<externalCredentialPrincipalAccesses><enabled>true</enabled><externalCredentialPrincipal>{principal}</externalCredentialPrincipal></externalCredentialPrincipalAccesses>";
}
