using System.Globalization;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace SigningProxy.Tests.Sessions;

/// <summary>CreateSession on a free port. It verifies what arrives from AWS's description alone, with no word of the signer's.</summary>
/// <param name="root">The trust anchor's certificate.</param>
/// <param name="now">What its clock says.</param>
internal sealed partial class RunningRolesAnywhere(X509Certificate2 root, DateTimeOffset now) : IAsyncDisposable
{
    public const string Session =
        """{"credentialSet":[{"credentials":{"accessKeyId":"ASIAEXAMPLE","secretAccessKey":"made/up+secret","sessionToken":"token==","expiration":"2026-06-01T12:00:00Z"}}],"subjectArn":"arn:aws:x"}""";

    private readonly WebApplication _server = Build();

    public Uri Address => new(_server.Urls.Single());

    /// <summary>What it answers to a request that verifies.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => WriteAsync(context, 201, Session);

    /// <summary>The bodies it took.</summary>
    public List<string> Bodies { get; } = [];

    public static async Task<RunningRolesAnywhere> StartAsync(X509Certificate2 root, DateTimeOffset now)
    {
        var running = new RunningRolesAnywhere(root, now);
        running._server.Run(running.TakeAsync);
        await running._server.StartAsync(TestContext.Current.CancellationToken);
        return running;
    }

    public static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        return builder.Build();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (Fault(context.Request, body.ToArray()) is { } fault)
        {
            context.Response.Headers["x-amzn-ErrorType"] = "AccessDeniedException:http://internal.amazon.com/";
            await WriteAsync(context, 403, $$"""{"message":"{{fault}}"}""");
            return;
        }
        Bodies.Add(Encoding.UTF8.GetString(body.ToArray()));
        await Answer(context);
    }

    private string? Fault(HttpRequest request, byte[] body)
    {
        var authorization = Authorization().Match(request.Headers.Authorization.ToString());
        if (!authorization.Success)
            return "Malformed authorization";
        using var leaf = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(request.Headers["x-amz-x509"].ToString()));
        if (!IsTrusted(leaf, request.Headers["x-amz-x509-chain"].ToString()))
            return "Untrusted signing certificate";
        if (authorization.Groups["serial"].Value != BigInteger.Parse("0" + leaf.SerialNumber, NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture))
            return "Serial number mismatch";
        var date = request.Headers["x-amz-date"].ToString();
        var made = DateTimeOffset.ParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if ((made - now).Duration() > TimeSpan.FromMinutes(5) || date[..8] != authorization.Groups["date"].Value)
            return "Signature expired";
        var names = authorization.Groups["names"].Value.Split(';');
        if (!names.SequenceEqual(names.Order(StringComparer.Ordinal)) || !Demanded(request).All(names.Contains) || request.Headers.ContainsKey("x-amz-security-token"))
            return "Wrong signed headers";

        var lines = names.Select(name => $"{name}:{request.Headers[name].ToString().Trim()}\n");
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var canonical = $"{request.Method}\n{target}\n\n{string.Concat(lines)}\n{string.Join(';', names)}\n{Hash(body)}";
        var text = Encoding.UTF8.GetBytes(
            $"{authorization.Groups["algorithm"].Value}\n{date}\n{authorization.Groups["scope"].Value}\n{Hash(Encoding.UTF8.GetBytes(canonical))}");
        var signature = Convert.FromHexString(authorization.Groups["signature"].Value);
        var holds = authorization.Groups["algorithm"].Value == "AWS4-X509-RSA-SHA256"
            ? leaf.GetRSAPublicKey()?.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : leaf.GetECDsaPublicKey()?.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return holds == true ? null : "The signature does not match";
    }

    private bool IsTrusted(X509Certificate2 leaf, string intermediates)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        foreach (var intermediate in intermediates.Split(',', StringSplitOptions.RemoveEmptyEntries))
            chain.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(intermediate)));
        return chain.Build(leaf);
    }

    private static IEnumerable<string> Demanded(HttpRequest request) =>
        request.Headers.Keys.Select(k => k.ToLowerInvariant()).Where(k => k is "host" or "content-type" || k.StartsWith("x-amz-", StringComparison.Ordinal));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [GeneratedRegex("^(?<algorithm>AWS4-X509-(RSA|ECDSA)-SHA256) Credential=(?<serial>[0-9]+)/(?<scope>(?<date>[0-9]{8})/eu-west-1/rolesanywhere/aws4_request), SignedHeaders=(?<names>[a-z0-9;-]+), Signature=(?<signature>[0-9a-f]+)$")]
    private static partial Regex Authorization();
}
