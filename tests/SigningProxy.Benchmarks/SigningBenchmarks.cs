using BenchmarkDotNet.Attributes;
using SigningProxy.SigV4;

namespace SigningProxy.Benchmarks;

/// <summary>One signature in the header form, on a body of 1 KiB.</summary>
public class SigningBenchmarks
{
    private static readonly SessionCredentials Credentials = new("ASIAEXAMPLE", "made-up", new string('t', 900));

    private readonly byte[] _body = new byte[1024];
    private readonly CredentialScope _scope = new("eu-west-1", "dynamodb");
    private readonly SigningSettings _settings = SigningSettings.ForService("dynamodb");
    private readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly RequestHeader[] _headers =
    [
        new("Host", "dynamodb.eu-west-1.amazonaws.com"), new("Content-Type", "application/x-amz-json-1.0"), new("X-Amz-Target", "DynamoDB_20120810.GetItem"),
    ];

    private PayloadHash _hash;

    [GlobalSetup]
    public void Setup() => _hash = PayloadHash.Of(_body);

    [Benchmark]
    public RequestSignature WithAKnownHash() => Sign(_hash);

    [Benchmark]
    public RequestSignature WithTheBodyHashed() => Sign(PayloadHash.Of(_body));

    private RequestSignature Sign(PayloadHash hash) => SigV4Signer.Sign(
        new SigningRequest { Method = "POST", Path = "/", Query = "", Headers = _headers, Payload = hash }, Credentials, _scope, _now, _settings);
}
