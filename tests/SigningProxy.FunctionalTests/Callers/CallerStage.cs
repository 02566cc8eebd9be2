using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Callers;

/// <summary>A proxy with a listener for each proof, callers with proofs of each kind, and a destination that tells whose key signed.</summary>
public sealed class CallerStage : IAsyncLifetime
{
    public const string OrdersToken = "orders-token-0123456789abcdef";
    public const string BillingToken = "billing-token-0123456789abcdef";
    public const string OrdersUri = "spiffe://cluster.example/ns/shop/sa/orders";
    public const int OtherUser = 12345;

    private const string Secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";

    private readonly CertificateAuthority _listenersAuthority = new();
    private readonly CertificateAuthority _clientsAuthority = new();
    private readonly CertificateAuthority _strangersAuthority = new();
    private readonly int _tokenPort = ProxyProcess.FreePort();
    private readonly int _tlsPort = ProxyProcess.FreePort();
    private readonly int _ownPort = ProxyProcess.FreePort();
    private readonly string _folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;

    internal LocalAwsServer Aws { get; private set; } = null!;

    internal ProxyProcess Proxy { get; private set; } = null!;

    internal Uri ByToken => new($"http://127.0.0.1:{_tokenPort}");

    /// <summary>The own port of a named credential.</summary>
    internal Uri OwnPort => new($"http://127.0.0.1:{_ownPort}");

    internal Uri ByTls => new($"https://localhost:{_tlsPort}");

    internal string Socket => Path.Combine(_folder, "callers.sock");

    internal string AccessLog => Path.Combine(_folder, "access.jsonl");

    /// <summary>The key of each principal; the destination tells which one signed.</summary>
    internal static string KeyOf(string principal) => $"AKID{principal.ToUpperInvariant()}00000000";

    public async ValueTask InitializeAsync()
    {
        Aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Keys = [.. Principals.Select(p => new LocalKey(KeyOf(p), Secret))] });
        var server = _listenersAuthority.Issue("localhost");
        await File.WriteAllTextAsync(Path.Combine(_folder, "tls.crt"), server.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "tls.key"), server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "clients.crt"), _clientsAuthority.Pem);
        Proxy = await ProxyProcess.StartAsync(
            Catalog(),
            "--listen", $"127.0.0.1:{_tokenPort} by Token",
            "--listen", $"https:127.0.0.1:{_tlsPort} by ClientCertificate,Token",
            "--listen", $"unix:{Socket} by UnixPeer",
            "--set", $"SigningProxy:Listeners:CertificateFile={Path.Combine(_folder, "tls.crt")}",
            "--set", $"SigningProxy:Listeners:CertificateKeyFile={Path.Combine(_folder, "tls.key")}",
            "--set", $"SigningProxy:Listeners:ClientAuthoritiesFile={Path.Combine(_folder, "clients.crt")}",
            "--set", "SigningProxy:Listeners:SocketMode=0666",
            "--set", $"SigningProxy:AccessLog:File={AccessLog}");
        // Another user must come to the socket.
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Aws.DisposeAsync();
        _listenersAuthority.Dispose();
        _clientsAuthority.Dispose();
        _strangersAuthority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The key id that signed what arrived, or null where nothing did.</summary>
    internal async Task<(int Status, string? Key)> AskAsync(Func<Task<int>> ask)
    {
        Aws.ClearRequests();
        var status = await ask();
        return (status, Aws.Requests.SingleOrDefault()?.AccessKeyId);
    }

    internal Task<(int Status, string? Key)> ByTokenAsync(string target, params string[] headers) =>
        AskAsync(async () => (await RawClient.GetAsync(ByToken, target, headers)).Status);

    /// <summary>Calls over TLS, with a client certificate or without one.</summary>
    internal Task<(int Status, string? Key)> ByTlsAsync(string target, X509Certificate2? certificate, params (string Name, string Value)[] headers) => AskAsync(async () =>
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
        if (certificate is not null)
            handler.SslOptions.ClientCertificates = [certificate];
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(ByTls, target));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The handshake failed.
            return 0;
        }
    });

    /// <summary>A client certificate with these names, of the authority the listener trusts or of another.</summary>
    internal X509Certificate2 Client(Action<SubjectAlternativeNameBuilder> names, bool trusted = true) =>
        (trusted ? _clientsAuthority : _strangersAuthority).IssueClient("CN=client", names);

    private static string Principal(string name, int index) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
              - {name: {{name}}, sequenceNumber: {{index + 1}}, accessKey: {value: "{{KeyOf(name)}}" }, accessSecret: {value: "{{Secret}}" } }

        """);

    private static readonly string[] Principals = ["Orders", "Billing", "Local", "Other"];

    private string Catalog()
    {
        // Of "Uid:  real  effective  saved  file".
        var user = File.ReadLines("/proc/self/status").First(l => l.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2];
        return string.Create(CultureInfo.InvariantCulture, $$"""
            externalCredentials:
              - name: Table
                label: Table
                authenticationProtocol: AwsSignatureV4
                service: execute-api
                region: eu-west-1
                principals:
            {{string.Concat(Principals.Select(Principal))}}
            namedCredentials:
              - {name: Api, label: Api, url: "{{Aws.Address}}", externalCredential: Table}
              - {name: Ported, label: Ported, url: "{{Aws.Address}}", externalCredential: Table, listen: {{_ownPort}} }
              - {name: Closed, label: Closed, url: "{{Aws.Address}}", externalCredential: Table, enabledForCallouts: false}
            permissionSets:
              - {name: Orders, callers: [orders], principals: [Table-Orders]}
              - {name: Billing, callers: [billing], principals: [Table-Billing]}
              - {name: Shared, callers: [billing], principals: [Table-Other], only: {paths: [/shared/]} }
              - {name: Local, callers: [local], principals: [Table-Local]}
              - {name: Other, callers: ["unix-peer:uid:{{OtherUser}}"], principals: [Table-Other]}
            callers:
              - name: orders
                proofs:
                  - token: {value: "{{OrdersToken}}" }
                  - unixPeer: {uid: {{user}} }
                  - clientCertificate: {uri: "{{OrdersUri}}"}
              - name: billing
                proofs:
                  - token: {value: "{{BillingToken}}" }
                  - clientCertificate: {dns: billing.shop.example}

            """);
    }
}
