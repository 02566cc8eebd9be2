using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using SigningProxy.SigV4;

namespace SigningProxy.Benchmarks;

/// <summary>
/// One signature in the header form: a DynamoDB POST of 1 KiB with the four headers that it needs signed, and the body's hash. With the body
/// hashed it stands beside AWS's own signer, with the hash known beside the least that the arithmetic takes.
/// </summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class SigningBenchmarks
{
    private const string KeyId = "AKIDEXAMPLE";
    private const string Secret = "made-up";
    private const string BodyHashed = "body hashed";
    private const string HashKnown = "hash known";

    private static readonly byte[] Body = new byte[1024];
    private static readonly SessionCredentials Credentials = new(KeyId, Secret);
    private static readonly AwsSdkSigning Sdk = new(KeyId, Secret, Body);

    private readonly CredentialScope _scope = new("eu-west-1", "dynamodb");
    private readonly SigningSettings _settings = SigningSettings.ForService("dynamodb");
    private readonly SigningSettings _fourHeaders = SigningSettings.ForService("dynamodb") with { ContentSha256Header = ContentSha256Header.Off };
    private readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _floorHash = new byte[32];
    private readonly RequestHeader[] _headers =
    [
        new("Host", "dynamodb.eu-west-1.amazonaws.com"), new("Content-Type", "application/x-amz-json-1.0"), new("X-Amz-Target", "DynamoDB_20120810.GetItem"),
    ];

    private PayloadHash _hash;
    private byte[] _canonicalRequest = [];
    private byte[] _stringToSign = [];

    [GlobalSetup]
    public void Setup()
    {
        _hash = PayloadHash.Of(Body);
        var trace = new SigningTrace();
        if (Sign(_hash, _settings, trace).Authorization != Sdk.Sign(_now.UtcDateTime))
            throw new InvalidOperationException("The two do not sign the same.");
        (_canonicalRequest, _stringToSign) = (Encoding.UTF8.GetBytes(trace.CanonicalRequest), Encoding.UTF8.GetBytes(trace.StringToSign));
    }

    [Benchmark(Baseline = true), BenchmarkCategory(BodyHashed)]
    public string AwsSdk() => Sdk.Sign(_now.UtcDateTime);

    [Benchmark, BenchmarkCategory(BodyHashed)]
    public RequestSignature WithTheBodyHashed() => Sign(PayloadHash.Of(Body), _fourHeaders);

    [Benchmark, BenchmarkCategory(BodyHashed)]
    public RequestSignature WithTheBodyHashedAndTheHashSent() => Sign(PayloadHash.Of(Body), _settings);

    [Benchmark(Baseline = true), BenchmarkCategory(HashKnown)]
    public byte[] BareFloor()
    {
        SHA256.HashData(_canonicalRequest, _floorHash);
        HMACSHA256.HashData(_key, _stringToSign, _floorHash);
        return _floorHash;
    }

    [Benchmark, BenchmarkCategory(HashKnown)]
    public RequestSignature WithAKnownHash() => Sign(_hash, _settings);

    [Benchmark, BenchmarkCategory(HashKnown)]
    public RequestSignature WithAKnownHashForARegionSet() => Sign(_hash, _settings, scope: CredentialScope.Across("eu-west-1,us-*", "dynamodb"));

    private RequestSignature Sign(PayloadHash hash, SigningSettings settings, SigningTrace? trace = null, CredentialScope? scope = null) => SigV4Signer.Sign(
        new SigningRequest { Method = "POST", Path = "/", Query = "", Headers = _headers, Payload = hash }, Credentials, scope ?? _scope, _now, settings, trace);
}
