using System.Globalization;

namespace SigningProxy.Cli;

/// <summary>The catalog of the demo, with a principal of each variant. Keys and certificate lie in files beside it.</summary>
internal static class DemoCatalog
{
    public const string KeyIdFile = "key-id";
    public const string SecretFile = "secret";
    public const string CertificateFile = "certificate.pem";
    public const string CertificateKeyFile = "certificate.key";

    /// <summary>The role that the access key assumes.</summary>
    public const string Role = "arn:aws:iam::000000000000:role/demo-by-access-key";

    /// <summary>What the role wants to hear besides.</summary>
    public const string ExternalId = "demo-external-id";

    /// <summary>The role that the certificate assumes.</summary>
    public const string CertificateRole = "arn:aws:iam::000000000000:role/demo-by-certificate";
    public const string TrustAnchor = "arn:aws:rolesanywhere:eu-west-1:000000000000:trust-anchor/00000000-0000-0000-0000-000000000001";
    public const string Profile = "arn:aws:rolesanywhere:eu-west-1:000000000000:profile/00000000-0000-0000-0000-000000000002";

    /// <summary>How long a session of <see cref="Role"/> lasts: short, so that one sees the next. At AWS it is 15 minutes at least.</summary>
    public const int SessionSeconds = 10;

    private const string Keys = $"accessKey: {{file: {KeyIdFile}}}, accessSecret: {{file: {SecretFile}}}";

    /// <param name="aws">Where the stand-in for AWS listens.</param>
    public static string Of(Uri aws) =>
        $$"""
        externalCredentials:
        {{External("OrdersTable", "dynamodb", "variant: AccessKey", Keys)}}
        {{External("Shelf", "s3", "variant: AccessKey", Keys)}}
        {{External("EchoService", "execute-api", "variant: AccessKey", Keys)}}
        {{External("EchoByRole", "lambda", AssumeRole, $"roleArn: \"{Role}\"")}}
        {{External("EchoByCertificate", "lambda", RolesAnywhere, $"roleArn: \"{CertificateRole}\"")}}
        namedCredentials:
        {{Named("Orders", "OrdersTable")}}
        {{Named("Files", "Shelf")}}
        {{Named("Echo", "EchoService")}}
        {{Named("ByRole", "EchoByRole")}}
        {{Named("ByCertificate", "EchoByCertificate")}}
        permissionSets:
          - name: Everyone
            callers: ["*"]
            principals: [OrdersTable-Demo, Shelf-Demo, EchoService-Demo, EchoByRole-Demo, EchoByCertificate-Demo]

        """.Replace("(url)", aws.ToString(), StringComparison.Ordinal);

    private static string AssumeRole => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        variant: AssumeRole
            sts: {endpoint: (url), {{Keys}}, externalId: {{ExternalId}}, durationSeconds: {{SessionSeconds}}}
        """);

    private static string RolesAnywhere =>
        $$"""
        variant: RolesAnywhere
            rolesAnywhere:
              endpoint: (url)
              trustAnchorArn: {{TrustAnchor}}
              profileArn: {{Profile}}
              certificate: {file: {{CertificateFile}}, keyFile: {{CertificateKeyFile}}}
        """;

    private static string External(string name, string service, string variant, string principal) =>
        $$"""
          - name: {{name}}
            label: {{name}}
            authenticationProtocol: AwsSignatureV4
            service: {{service}}
            region: eu-west-1
            {{variant}}
            principals:
              - {name: Demo, sequenceNumber: 1, {{principal}}}
        """;

    private static string Named(string name, string externalCredential) =>
        $$"""
          - name: {{name}}
            label: {{name}}
            url: (url)
            externalCredential: {{externalCredential}}
        """;
}
