using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using SigningProxy.Catalog;
using SigningProxy.Forwarding;
using SigningProxy.SigV4;
using SigningProxy.Tests.Configuration;

namespace SigningProxy.Tests.Forwarding;

public sealed class ConnectionShapeTests : IDisposable
{
    private readonly MadeUpAuthority _authority = new(intermediates: 2);
    private readonly ECDsa _key = ECDsa.Create();
    private readonly X509Certificate2 _leaf;

    public ConnectionShapeTests() => _leaf = _authority.Leaf(_key);

    public void Dispose()
    {
        _leaf.Dispose();
        _key.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Apply_SendsTheIntermediatesOfTheClientCertificate()
    {
        Assert.Equal(["CN=workload", "CN=Intermediate 2", "CN=Intermediate 1", "CN=Root"], await SeenChainAsync(_authority.Intermediates));
        Assert.Equal(["CN=workload"], await SeenChainAsync([]));
    }

    [Fact]
    public void KeyOf_TellsChainsApart()
    {
        var keys = new[] { Named(null), Named([]), Named([_authority.Intermediates[0]]), Named(_authority.Intermediates) }.Select(ConnectionShape.KeyOf).ToList();
        Assert.Distinct(keys);
        Assert.Equal(keys[3], ConnectionShape.KeyOf(Named([.. _authority.Intermediates])));
    }

    // A connection that was made for a provisioned entry may lead where one made in Setup may not.
    [Fact]
    public void KeyOf_TellsApartWhereConnectionsMayLead() =>
        Assert.Distinct(Enum.GetValues<AddressReach>().Select(reach => ConnectionShape.KeyOf(Named(null) with { Reach = reach })));

    /// <summary>What a destination that trusts the root alone builds of what a client sends it.</summary>
    private async Task<string[]> SeenChainAsync(IReadOnlyList<X509Certificate2> intermediates)
    {
        using var serverKey = ECDsa.Create();
        var request = new CertificateRequest("CN=server", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var serverCertificate = request.CreateSelfSigned(MadeUpAuthority.Begin, MadeUpAuthority.Begin.AddYears(20));
        var seen = new TaskCompletionSource<string[]>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(serverCertificate, https =>
        {
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, sent, _) =>
            {
                using var chain = new X509Chain();
                chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                chain.ChainPolicy.CustomTrustStore.Add(_authority.Root);
                chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                chain.ChainPolicy.ExtraStore.AddRange(sent!.ChainPolicy.ExtraStore);
                chain.Build(certificate);
                seen.TrySetResult([.. chain.ChainElements.Select(e => e.Certificate.Subject)]);
                return true;
            };
        })));
        await using var server = builder.Build();
        server.Run(_ => Task.CompletedTask);
        await server.StartAsync(TestContext.Current.CancellationToken);

        using var handler = new SocketsHttpHandler();
        new ConnectionShape(Named(intermediates) with { CertificateAuthorities = [serverCertificate] }).Apply(handler.SslOptions);
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(20) };
        using var answer = await client.GetAsync(new Uri(server.Urls.Single()), TestContext.Current.CancellationToken);
        return await seen.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private NamedCredential Named(IReadOnlyList<X509Certificate2>? intermediates) => new()
    {
        Name = "N",
        Label = "N",
        Url = new("https://example.com"),
        ExternalCredential = new ExternalCredential
        {
            Name = "E",
            Label = "E",
            Scope = new("eu-west-1", "s3"),
            Signing = SigningSettings.ForService("s3"),
            Variant = CredentialVariant.AccessKey,
            DeclaredIn = "",
            Principals = [],
        },
        ClientCertificate = intermediates is null ? null : new CertificateChain(_leaf, intermediates),
    };
}
