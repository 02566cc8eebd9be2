using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Callers;

/// <summary>A proxy with many callers, grants of every kind, and a listener for each proof; each principal has a key of its own.</summary>
public sealed class MatrixStage : IAsyncLifetime
{
    // While clocks are read, code that is compiled anew in the background would change the pace, and profiles would favour the way that was
    // taken first. What is published is compiled once and for all, and so is this.
    private static readonly Dictionary<string, string> Settled = new() { ["DOTNET_TieredPGO"] = "0" };

    private const string Secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";

    private readonly CertificateAuthority _authority = new();
    private readonly int _tokenPort = ProxyProcess.FreePort();
    private readonly int _tlsPort = ProxyProcess.FreePort();
    private readonly string _folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;
    private readonly Dictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);

    internal LocalAwsServer Aws { get; private set; } = null!;

    internal ProxyProcess Proxy { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Keys = [.. Principals.Where(p => p != "Empty").Select(p => new LocalKey(KeyOf(p), Secret))] });
        using var server = _authority.Issue("localhost");
        await File.WriteAllTextAsync(Path.Combine(_folder, "tls.crt"), server.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "tls.key"), server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "clients.crt"), _authority.Pem);
        Proxy = await ProxyProcess.StartAsync(
            Catalog(),
            new Launch { Environment = Settled },
            "--listen", $"127.0.0.1:{_tokenPort} by Token",
            "--listen", $"https:127.0.0.1:{_tlsPort} by ClientCertificate",
            "--listen", $"unix:{Socket} by UnixPeer",
            "--set", $"SigningProxy:Listeners:CertificateFile={Path.Combine(_folder, "tls.crt")}",
            "--set", $"SigningProxy:Listeners:CertificateKeyFile={Path.Combine(_folder, "tls.key")}",
            "--set", $"SigningProxy:Listeners:ClientAuthoritiesFile={Path.Combine(_folder, "clients.crt")}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        await Proxy.DisposeAsync();
        await Aws.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Makes one call.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="proof">How it proves itself.</param>
    /// <param name="wanted">The principal it asks for, or null.</param>
    /// <param name="asked">A method, a target, and maybe an operation, with blanks between.</param>
    /// <returns>Our own refusal's code, or null; and all that the destination saw.</returns>
    internal async Task<(string? Code, int Status, IReadOnlyList<SeenRequest> Arrived)> AskAsync(string caller, string proof, string? wanted, string asked)
    {
        var parts = asked.Split(' ');
        using var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]);
        if (parts.Length > 2)
        {
            request.Content = new StringContent("{}");
            request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{parts[2]}");
        }
        if (wanted is not null)
            request.Headers.Add("X-SigningProxy-Principal", wanted);
        if (proof == "Token" && caller != "nobody")
            request.Headers.Add("X-SigningProxy-Token", TokenOf(caller));
        Aws.ClearRequests();
        using var answer = await ClientOf(caller, proof).SendAsync(request, TestContext.Current.CancellationToken);
        var code = answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("code").GetString()
            : null;
        return (code, (int)answer.StatusCode, Aws.Requests);
    }

    /// <summary>A connection to the listener that takes tokens.</summary>
    internal KeptConnection ConnectByToken()
    {
        Aws.ClearRequests();
        return new KeptConnection(new Uri($"http://127.0.0.1:{_tokenPort}"));
    }

    internal static string TokenOf(string caller) => $"{caller}-token-0123456789abcdef";

    /// <summary>The key of each principal.</summary>
    internal static string KeyOf(string principal) => $"AKID{principal.ToUpperInvariant()}00000000";

    private static readonly string[] Principals = ["Chief", "Writer", "Reader", "Guest", "Empty", "Buyer", "Seller", "Getter", "Putter", "Filer"];

    private string Socket => Path.Combine(_folder, "callers.sock");

    private HttpClient ClientOf(string caller, string proof)
    {
        if (_clients.TryGetValue(caller + proof, out var known))
            return known;
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (proof == "UnixPeer")
            handler.ConnectCallback = ConnectAsync;
        if (proof == "Certificate")
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
            handler.SslOptions.ClientCertificates = caller == "nobody" ? null : [_authority.IssueClient("CN=client", names => names.AddDnsName($"{caller}.shop.example"))];
        }
        var address = proof == "Certificate" ? $"https://localhost:{_tlsPort}" : $"http://127.0.0.1:{_tokenPort}";
        return _clients[caller + proof] = new HttpClient(handler) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(20) };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static string Principal(string name, int sequenceNumber) => name == "Empty"
        ? $"      - {{name: {name}, sequenceNumber: {sequenceNumber}}}\n"
        : $"      - {{name: {name}, sequenceNumber: {sequenceNumber}, accessKey: {{value: {KeyOf(name)}}}, accessSecret: {{value: {Secret}}}}}\n";

    private static string External(string name, string service, params string[] principals) =>
        $$"""
          - name: {{name}}
            label: {{name}}
            authenticationProtocol: AwsSignatureV4
            service: {{service}}
            region: eu-west-1
            principals:
        {{string.Concat(principals.Select((p, i) => Principal(p, i + 1)))}}
        """;

    private string Catalog()
    {
        // Of "Uid:  real  effective  saved  file".
        var user = File.ReadLines("/proc/self/status").First(l => l.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2];
        return string.Create(CultureInfo.InvariantCulture, $$"""
            externalCredentials:
            {{External("Books", "execute-api", "Chief", "Writer", "Reader", "Guest")}}
            {{External("Stock", "execute-api", "Empty", "Buyer", "Seller")}}
            {{External("Table", "dynamodb", "Getter", "Putter")}}
            {{External("Files", "s3", "Filer")}}
            namedCredentials:
              - {name: Ledger, label: Ledger, url: "{{Aws.Address}}", externalCredential: Books}
              - {name: Archive, label: Archive, url: "{{Aws.Address}}v1", externalCredential: Books}
              - {name: Closed, label: Closed, url: "{{Aws.Address}}", externalCredential: Books, enabledForCallouts: false}
              - {name: Shop, label: Shop, url: "{{Aws.Address}}", externalCredential: Stock}
              - {name: Stocks, label: Stocks, url: "{{Aws.Address}}v1", externalCredential: Stock}
              - {name: Object, label: Object, url: "{{Aws.Address}}", externalCredential: Files}
              - {name: Items, label: Items, url: "{{Aws.Address}}", externalCredential: Table}
            permissionSets:
              - {name: Guests, callers: ["*"], principals: [Books-Guest], only: {methods: [GET], paths: [/open/, /v1/open/]} }
              - {name: Writers, callers: [orders, billing], principals: [Books-Writer], only: {methods: [PUT, POST]} }
              - {name: Readers, callers: [orders], principals: [Books-Reader]}
              - {name: Archivists, callers: [billing], principals: [Books-Chief], only: {namedCredentials: [Archive]} }
              - {name: Chiefs, callers: [chief], principals: [Stock-Seller, Books-Reader, Books-Chief]}
              - {name: Getters, callers: [orders, audit], principals: [Table-Getter], only: {operations: [DynamoDB_20120810.GetItem]} }
              - {name: Putters, callers: [orders], principals: [Table-Putter]}
              - {name: Buyers, callers: [audit], principals: [Stock-Buyer, Stock-Empty]}
              - {name: Partners, callers: ["client-certificate:dns:partner.shop.example"], principals: [Stock-Seller]}
            profiles:
              - {name: Services, principals: [Books-Reader, Stock-Buyer]}
              - {name: Auditors, principals: [Books-Reader], only: {paths: [/v1/audit/]} }
            callers:
              - {name: chief, proofs: [{token: {value: {{TokenOf("chief")}}} }, {unixPeer: {uid: {{user}}} }]}
              - {name: orders, proofs: [{token: {value: {{TokenOf("orders")}}} }, {clientCertificate: {dns: orders.shop.example} }]}
              - {name: billing, profile: Services, proofs: [{token: {value: {{TokenOf("billing")}}} }, {clientCertificate: {dns: billing.shop.example} }]}
              - {name: audit, profile: Auditors, proofs: [{token: {value: {{TokenOf("audit")}}} }]}
              - {name: idle, proofs: [{token: {value: {{TokenOf("idle")}}} }]}

            """);
    }
}
