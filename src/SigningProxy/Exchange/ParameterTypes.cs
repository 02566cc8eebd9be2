namespace SigningProxy.Exchange;

/// <summary>The original's types of parameters that have a counterpart.</summary>
internal static class ParameterTypes
{
    public const string AuthParameter = "AuthParameter";
    public const string QueryParameter = "AuthProviderUrlQueryParameter";
    public const string Variant = "AuthProtocolVariant";
    public const string StsPrincipal = "AwsStsPrincipal";
    public const string NamedPrincipal = "NamedPrincipal";
    public const string SigningCertificate = "SigningCertificate";
    public const string StatusCode = "AdditionalRefreshStatusCode";
    public const string AuthHeader = "AuthHeader";
    public const string HttpHeader = "HttpHeader";
    public const string Url = "Url";
    public const string Authentication = "Authentication";
    public const string ClientCertificate = "ClientCertificate";

    /// <summary>The variants, as the parameter of the type <see cref="Variant"/> writes them.</summary>
    public const string StsVariant = "AwsSv4_STS";

    public const string RolesAnywhereVariant = "RolesAnywhere";
}
