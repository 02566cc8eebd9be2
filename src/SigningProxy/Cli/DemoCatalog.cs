namespace SigningProxy.Cli;

/// <summary>The catalog of the demo; its keys lie in files beside it.</summary>
internal static class DemoCatalog
{
    public static string Of(Uri aws) =>
        $$"""
        externalCredentials:
        {{External("OrdersTable", "dynamodb")}}
        {{External("Shelf", "s3")}}
        {{External("EchoService", "execute-api")}}
        namedCredentials:
        {{Named("Orders", "OrdersTable")}}
        {{Named("Files", "Shelf")}}
        {{Named("Echo", "EchoService")}}
        permissionSets:
          - name: Everyone
            callers: ["*"]
            principals: [OrdersTable-Demo, Shelf-Demo, EchoService-Demo]

        """.Replace("(url)", aws.ToString(), StringComparison.Ordinal);

    private static string External(string name, string service) =>
        $$"""
          - name: {{name}}
            label: {{name}}
            authenticationProtocol: AwsSignatureV4
            service: {{service}}
            region: eu-west-1
            variant: AccessKey
            principals:
              - name: Demo
                sequenceNumber: 1
                accessKey: {file: key-id}
                accessSecret: {file: secret}
        """;

    private static string Named(string name, string externalCredential) =>
        $$"""
          - name: {{name}}
            label: {{name}}
            url: (url)
            externalCredential: {{externalCredential}}
        """;
}
