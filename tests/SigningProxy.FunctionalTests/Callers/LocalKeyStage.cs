using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Callers;

/// <summary>A proxy whose callers sign with local key pairs, and a destination that tells whose key signed what arrived.</summary>
public sealed class LocalKeyStage : IAsyncLifetime
{
    public const string OrdersKey = "LOCALORDERS00001";
    public const string BillingKey = "LOCALBILLING0001";
    public const string OrdersToken = "orders-token-0123456789abcdef";
    public const string BillingToken = "billing-token-0123456789abcdef";

    private const string Secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";

    private readonly int _port = ProxyProcess.FreePort();
    private readonly int _ownPort = ProxyProcess.FreePort();
    private readonly CertificateAuthority _authority = new();
    private readonly int _tlsPort = ProxyProcess.FreePort();
    private readonly string _folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;

    internal LocalAwsServer Aws { get; private set; } = null!;

    /// <summary>The destination of the named credential <c>Bare</c>, for which the proxy signs nothing.</summary>
    internal CannedDestination Bare { get; } = new("HTTP/1.1 200 OK");

    internal ProxyProcess Proxy { get; private set; } = null!;

    internal Uri Address => new($"http://127.0.0.1:{_port}");

    internal Uri ByTls => new($"https://localhost:{_tlsPort}");

    /// <summary>The own port of the named credential <c>Ported</c>.</summary>
    internal Uri OwnPort => new($"http://127.0.0.1:{_ownPort}");

    /// <summary>The key that the destination sees for a local one.</summary>
    internal static string SentBy(string localKey) => localKey == OrdersKey ? "AKIDORDERS0000000000" : "AKIDBILLING000000000";

    internal static string SecretOf(string localKey) => $"local-secret-of-{localKey}";

    public async ValueTask InitializeAsync()
    {
        Aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Keys = [new(SentBy(OrdersKey), Secret), new(SentBy(BillingKey), Secret)] });
        using var server = _authority.Issue("localhost");
        await File.WriteAllTextAsync(Path.Combine(_folder, "tls.pem"), $"{server.ExportCertificatePem()}\n{server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n");
        Proxy = await ProxyProcess.StartAsync(
            Catalog(),
            "--listen", $"127.0.0.1:{_port} by LocalSigV4,Token",
            "--listen", $"https:127.0.0.1:{_tlsPort} by LocalSigV4",
            "--set", $"SigningProxy:Listeners:CertificateFile={Path.Combine(_folder, "tls.pem")}");
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Aws.DisposeAsync();
        await Bare.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string External(string name, string service) => string.Create(CultureInfo.InvariantCulture, $$"""
          - name: {{name}}
            label: {{name}}
            authenticationProtocol: AwsSignatureV4
            service: {{service}}
            region: eu-west-1
            principals:
              - {name: Orders, sequenceNumber: 1, accessKey: {value: {{SentBy(OrdersKey)}} }, accessSecret: {value: {{Secret}} } }
              - {name: Billing, sequenceNumber: 2, accessKey: {value: {{SentBy(BillingKey)}} }, accessSecret: {value: {{Secret}} } }

        """);

    private string Catalog() => string.Create(CultureInfo.InvariantCulture, $$"""
        externalCredentials:
        {{External("Tables", "dynamodb")}}{{External("Objects", "s3")}}{{External("Apis", "execute-api")}}
        namedCredentials:
          - {name: Table, label: Table, url: "{{Aws.Address}}", externalCredential: Tables}
          - {name: Files, label: Files, url: "{{Aws.Address}}", externalCredential: Objects}
          - {name: Ported, label: Ported, url: "{{Aws.Address}}", externalCredential: Tables, listen: {{_ownPort}} }
          - {name: Api, label: Api, url: "{{Aws.Address}}", externalCredential: Apis}
          - {name: Bare, label: Bare, url: "{{Bare.Address}}", externalCredential: Apis, generateAuthorizationHeader: false, callerHeaders: {keepAs: [{name: Authorization, as: X-Kept}, {name: X-Amz-Date, as: X-Kept-Date}]} }
        permissionSets:
          - {name: Orders, callers: [orders], principals: [Tables-Orders, Objects-Orders, Apis-Orders, Apis-Billing]}
          - {name: Billing, callers: [billing], principals: [Tables-Billing, Objects-Billing, Apis-Billing]}
        callers:
          - name: orders
            proofs: [{localSigV4: {accessKeyId: {{OrdersKey}}, secret: {value: {{SecretOf(OrdersKey)}} } } }, {token: {value: {{OrdersToken}} } }]
          - name: billing
            proofs: [{localSigV4: {accessKeyId: {{BillingKey}}, secret: {value: {{SecretOf(BillingKey)}} } } }, {token: {value: {{BillingToken}} } }]

        """);
}
