using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Catalog;
using SigningProxy.Configuration;

namespace SigningProxy.Tests.Configuration;

public sealed class CertificateReloadTests : IDisposable
{
    private readonly CatalogFolder _folder = new();
    private readonly MadeUpAuthority _authority = new();
    private readonly ECDsa _key = ECDsa.Create();

    public CertificateReloadTests()
    {
        _folder.Write("catalog.yaml", """
            externalCredentials:
              - name: Archive
                label: Archive
                authenticationProtocol: AwsSignatureV4
                service: s3
                region: eu-west-1
                variant: RolesAnywhere
                rolesAnywhere:
                  trustAnchorArn: arn:aws:rolesanywhere:eu-west-1:123456789012:trust-anchor/01234567-89ab-cdef-0123-456789abcdef
                  profileArn: arn:aws:rolesanywhere:eu-west-1:123456789012:profile/01234567-89ab-cdef-0123-456789abcdef
                  certificate: {file: tls/tls.crt, keyFile: tls/tls.key}
                principals:
                  - {name: P, sequenceNumber: 1, roleArn: arn:aws:iam::123456789012:role/R}

            """);
        Write(_key, _key);
    }

    public void Dispose()
    {
        _key.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Load_GivesTheCertificateThatSigns()
    {
        var load = _folder.Load();
        Assert.Empty(load.Faults);
        Assert.Empty(load.Warnings);
        var certificate = load.Snapshot!.ExternalCredentials["Archive"].RolesAnywhere!.Certificate!;
        Assert.Equal(Convert.ToBase64String(_authority.Intermediates[0].RawData), certificate.Chain);
        Assert.Empty(load.Snapshot.ExternalCredentials["Archive"].Principals[0].Missing);
    }

    [Fact]
    public void Load_WhenTheFirstPairIsUnusable_LeavesThePrincipalNotConfigured()
    {
        using var other = ECDsa.Create();
        Write(_key, other);
        var load = _folder.Load();
        Assert.Null(load.Snapshot!.ExternalCredentials["Archive"].RolesAnywhere!.Certificate);
        Assert.Equal(
            [$"rolesAnywhere.certificate: the private key in {At("tls.key")} fits no certificate in {At("tls.crt")}"],
            load.Snapshot.ExternalCredentials["Archive"].Principals[0].Missing);
    }

    [Fact]
    public void Load_WhenThereAreTooManyIntermediates_SaysHowMany()
    {
        using var deep = new MadeUpAuthority(intermediates: 6);
        var good = _folder.Load().Snapshot;
        WriteChain(deep);
        var fault = Assert.Single(_folder.Load(good).Faults);
        Assert.Equal($"the certificate in {At("tls.crt")} has 6 intermediates, and Roles Anywhere takes 5 at most", fault.Rule);
        Assert.Equal("externalCredential Archive / rolesAnywhere / certificate", fault.Entry);
        Assert.Null(_folder.Load().Snapshot!.ExternalCredentials["Archive"].RolesAnywhere!.Certificate);
    }

    [Theory]
    [InlineData(14, null)]
    [InlineData(15, "its certificate ends in 5 days, at 2026-01-21T00:00:00Z")]
    [InlineData(20, "its certificate has ended at 2026-01-21T00:00:00Z")]
    public void Load_WhenToldTheTime_WarnsOfTheCertificatesEnd(int day, string? rule)
    {
        using var leaf = _authority.Leaf(_key, MadeUpAuthority.Begin.AddDays(20));
        Replace("tls.crt", leaf.ExportCertificatePem());
        var load = new CatalogLoader(_folder.Catalog, time: new FakeTimeProvider(MadeUpAuthority.Begin.AddDays(day))).Load(null);
        Assert.Empty(load.Faults);
        Assert.Equal(rule, load.Warnings.SingleOrDefault()?.Rule);
        Assert.NotNull(CertificateOf(load.Snapshot!));
        Assert.Empty(_folder.Load().Warnings);
    }

    [Fact]
    public async Task Reload_WhenTheCertificateIsRotated_PublishesTheNewOne()
    {
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader());
        var before = CertificateOf(running.Current.Snapshot);
        using var next = ECDsa.Create();

        // Kubernetes and cert-manager swap both files at once; who writes one after the other passes through a pair that does not fit.
        await running.NextAsync(() => Write(next, next));

        var after = CertificateOf(running.Current.Snapshot);
        Assert.NotEqual(before.Leaf, after.Leaf);
        Assert.NotEqual(before.SerialDecimal, after.SerialDecimal);
    }

    [Fact]
    public async Task Reload_WhenKeyAndCertificateDoNotFit_KeepsTheLastGoodUntilTheyDo()
    {
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader());
        var before = running.Current.Snapshot;
        using var next = ECDsa.Create();
        var line = running.LineAsync("1001 ");

        Replace("tls.key", next.ExportPkcs8PrivateKeyPem());

        Assert.EndsWith(
            $"catalog.yaml:11: error: externalCredential Archive / rolesAnywhere / certificate: the private key in {At("tls.key")} fits no certificate in "
            + $"{At("tls.crt")}. Provide a certificate and its private key in PEM or PKCS#12: the one in use stays until then.",
            await line,
            StringComparison.Ordinal);
        Assert.Same(before, running.Current.Snapshot);
        var after = await running.NextAsync(() => Write(next, next));
        Assert.NotEqual(CertificateOf(before).Leaf, CertificateOf(after).Leaf);
    }

    [Fact]
    public async Task Reload_WhenTheCertificateIsHalfWritten_KeepsTheLastGood()
    {
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader());
        var before = running.Current.Snapshot;
        var line = running.LineAsync("1001 ");

        Replace("tls.crt", File.ReadAllText(At("tls.crt"))[..^50]);

        Assert.Contains($"the file {At("tls.crt")} holds a PEM block that is cut off or damaged", await line, StringComparison.Ordinal);
        Assert.Same(before, running.Current.Snapshot);
    }

    private static SigningProxy.SigV4.SigningCertificate CertificateOf(CatalogSnapshot snapshot) =>
        snapshot.ExternalCredentials["Archive"].RolesAnywhere!.Certificate!;

    private string At(string name) => Path.Combine(_folder.Path, "tls", name);

    private void Write(ECDsa certificateKey, ECDsa key)
    {
        using var leaf = _authority.Leaf(certificateKey);
        Replace("tls.crt", $"{leaf.ExportCertificatePem()}\n{_authority.Intermediates[0].ExportCertificatePem()}\n");
        Replace("tls.key", key.ExportPkcs8PrivateKeyPem());
    }

    private void WriteChain(MadeUpAuthority authority)
    {
        using var leaf = authority.Leaf(_key);
        Replace("tls.crt", string.Join('\n', authority.Intermediates.Prepend(leaf).Select(c => c.ExportCertificatePem())));
    }

    private void Replace(string name, string text)
    {
        var temporary = _folder.Write($"tls/{name}.new", text);
        File.Move(temporary, At(name), overwrite: true);
    }
}
