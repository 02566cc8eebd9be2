using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Callers;

/// <summary>Callers prove themselves by JSON Web Tokens of two issuers: one whose key set lies in a file, one that is discovered.</summary>
public sealed class JwtTests : IAsyncLifetime
{
    private const string Cluster = "https://kubernetes.default.svc";
    private const string Subject = "system:serviceaccount:shop:orders";
    private const string Secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";

    private readonly string _folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;
    private readonly ECDsa _clusterKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly int _port = ProxyProcess.FreePort();
    private RSA _otherKey = RSA.Create(2048);
    private string _otherKid = "other-1";
    private AnsweringServer _other = null!;
    private LocalAwsServer _aws = null!;
    private ProxyProcess _proxy = null!;

    private string Other => _other.Address.AbsoluteUri.TrimEnd('/');

    private string KeySetFile => Path.Combine(_folder, "jwks.json");

    public async ValueTask InitializeAsync()
    {
        _aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Keys = [new LocalKey("AKIDORDERS00000000", Secret), new LocalKey("AKIDOTHERS00000000", Secret)] });
        _other = await AnsweringServer.StartAsync(context => context.Request.Path == "/keys"
            ? context.Response.WriteAsync(HandMadeJwt.KeySet(HandMadeJwt.Jwk(_otherKey, _otherKid)))
            : context.Response.WriteAsync(new JsonObject { ["issuer"] = Other, ["jwks_uri"] = $"{Other}/keys" }.ToJsonString()));
        await File.WriteAllTextAsync(KeySetFile, HandMadeJwt.KeySet(HandMadeJwt.Jwk(_clusterKey, "cluster-1")));
        _proxy = await ProxyProcess.StartAsync(
            Catalog(),
            "--listen", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port} by Jwt,Loopback"),
            "--set", $"SigningProxy:Jwt:Issuers:0:Issuer={Cluster}", "--set", "SigningProxy:Jwt:Issuers:0:Audience=signing-proxy", "--set", $"SigningProxy:Jwt:Issuers:0:JwksFile={KeySetFile}",
            "--set", $"SigningProxy:Jwt:Issuers:1:Issuer={Other}", "--set", "SigningProxy:Jwt:Issuers:1:Audience=signing-proxy");
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _other.DisposeAsync();
        await _aws.DisposeAsync();
        _clusterKey.Dispose();
        _otherKey.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Token_OfAnIssuer_ProvesItsCaller()
    {
        Assert.Equal((200, "AKIDORDERS00000000"), await AskAsync(HandMadeJwt.Es256(_clusterKey, "cluster-1", HandMadeJwt.Claims(Cluster, Subject))));
        Assert.Equal((200, "AKIDOTHERS00000000"), await AskAsync(HandMadeJwt.Rs256(_otherKey, _otherKid, HandMadeJwt.Claims(Other, Subject))));
    }

    [Fact]
    public async Task Subject_ThatReadsLikeAnotherCaller_IsNot()
    {
        Assert.Equal((403, null), await AskAsync(HandMadeJwt.Es256(_clusterKey, "cluster-1", HandMadeJwt.Claims(Cluster, "local"))));
        Assert.Equal((403, null), await AskAsync(HandMadeJwt.Es256(_clusterKey, "cluster-1", HandMadeJwt.Claims(Cluster, "orders-service"))));
    }

    [Fact]
    public async Task Token_ThatDoesNotHold_IsRefused_AndNothingArrives()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var good = HandMadeJwt.Claims(Cluster, Subject);
        var parts = HandMadeJwt.Es256(_clusterKey, "cluster-1", good).Split('.');
        var endless = HandMadeJwt.Claims(Cluster, Subject);
        endless.Remove("exp");
        string[] tokens =
        [
            HandMadeJwt.Unsigned(good),
            HandMadeJwt.Hs256(_clusterKey.ExportSubjectPublicKeyInfo(), "cluster-1", good),
            HandMadeJwt.Es256(stranger, "cluster-1", good),
            HandMadeJwt.Es256(stranger, "unheard-of", good),
            HandMadeJwt.Es256(_clusterKey, "cluster-1", HandMadeJwt.Claims(Cluster, Subject, audience: "another")),
            HandMadeJwt.Es256(_clusterKey, "cluster-1", HandMadeJwt.Claims("https://elsewhere.example", Subject)),
            HandMadeJwt.Es256(_clusterKey, "cluster-1", HandMadeJwt.Claims(Other, Subject)),
            HandMadeJwt.Es256(_clusterKey, "cluster-1", HandMadeJwt.Claims(Cluster, Subject, endsInSeconds: -120)),
            HandMadeJwt.Es256(_clusterKey, "cluster-1", HandMadeJwt.Claims(Cluster, "")),
            HandMadeJwt.Es256(_clusterKey, "cluster-1", endless),
            $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA",
            $"{parts[0]}.eyJpc3MiOiJ4In0.{parts[2]}",
            "eyJ.eyJ.x",
            "an-opaque-token",
            $"x\r\nAuthorization: Bearer {HandMadeJwt.Es256(_clusterKey, "cluster-1", good)}",
        ];

        foreach (var token in tokens)
            Assert.Equal((401, null), await AskAsync(token));
        Assert.All(tokens[..^2], token => Assert.DoesNotContain(token, _proxy.Log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_ThatAreRotated_AreTakenUp()
    {
        Assert.Equal((200, "AKIDORDERS00000000"), await AskAsync(HandMadeJwt.Es256(_clusterKey, "cluster-1", HandMadeJwt.Claims(Cluster, Subject))));
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(KeySetFile, HandMadeJwt.KeySet(HandMadeJwt.Jwk(next, "cluster-2")), TestContext.Current.CancellationToken);

        Assert.Equal((200, "AKIDORDERS00000000"), await AskAsync(HandMadeJwt.Es256(next, "cluster-2", HandMadeJwt.Claims(Cluster, Subject))));
        Assert.Equal((401, null), await AskAsync(HandMadeJwt.Es256(_clusterKey, "cluster-1", HandMadeJwt.Claims(Cluster, Subject))));
    }

    [Fact]
    public async Task Keys_ThatTheIssuerRotates_AreAskedForAnew()
    {
        Assert.Equal((200, "AKIDOTHERS00000000"), await AskAsync(HandMadeJwt.Rs256(_otherKey, _otherKid, HandMadeJwt.Claims(Other, Subject))));
        var before = _otherKey;
        (_otherKey, _otherKid) = (RSA.Create(2048), "other-2");
        before.Dispose();

        await Wait.UntilAsync(
            async () => await AskAsync(HandMadeJwt.Rs256(_otherKey, _otherKid, HandMadeJwt.Claims(Other, Subject))) == (200, "AKIDOTHERS00000000"), "the new key is taken up");
    }

    [Fact]
    public async Task Token_OfTheRightForm_IsNeverForwarded()
    {
        var token = HandMadeJwt.Es256(_clusterKey, "cluster-1", HandMadeJwt.Claims(Cluster, Subject));

        var answer = await RawClient.GetAsync(new Uri($"http://127.0.0.1:{_port}"), "/Api/x", $"Authorization: Bearer {token}");

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain(token, answer.Body, StringComparison.Ordinal);
    }

    private async Task<(int Status, string? Key)> AskAsync(string token)
    {
        _aws.ClearRequests();
        var answer = await RawClient.GetAsync(new Uri($"http://127.0.0.1:{_port}"), "/Api/x", $"Authorization: Bearer {token}");
        return (answer.Status, _aws.Requests.SingleOrDefault()?.AccessKeyId);
    }

    private string Catalog() => string.Create(CultureInfo.InvariantCulture, $$"""
        externalCredentials:
          - name: Table
            label: Table
            authenticationProtocol: AwsSignatureV4
            service: execute-api
            region: eu-west-1
            principals:
              - {name: Orders, sequenceNumber: 1, accessKey: {value: AKIDORDERS00000000}, accessSecret: {value: "{{Secret}}" } }
              - {name: Others, sequenceNumber: 2, accessKey: {value: AKIDOTHERS00000000}, accessSecret: {value: "{{Secret}}" } }
        namedCredentials:
          - {name: Api, label: Api, url: "{{_aws.Address}}", externalCredential: Table}
        permissionSets:
          - {name: Orders, callers: [orders-service], principals: [Table-Orders]}
          - {name: Others, callers: ["jwt:{{Other.Replace(":", "%3A", StringComparison.Ordinal)}}:{{Subject}}"], principals: [Table-Others]}
        callers:
          - name: orders-service
            proofs:
              - jwt: {issuer: "{{Cluster}}", audience: signing-proxy, subject: "{{Subject}}"}

        """);
}
