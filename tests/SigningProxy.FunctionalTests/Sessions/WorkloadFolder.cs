using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

/// <summary>An authority, the files in which a workload has its certificate, and the stand-in and catalog that go with them.</summary>
internal sealed class WorkloadFolder : IDisposable
{
    public const string Password = "the-password-of-the-key";
    public const string Anchor = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/11111111-2222-3333-4444-555555555555";

    public const string Profile = "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/11111111-2222-3333-4444-555555555555";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signing-proxy-workload-");

    public WorkloadAuthority Authority { get; } = new();

    public LocalAwsOptions Believing => new()
    {
        Keys = [SessionCatalog.Asker],
        Roles = [new(SessionCatalog.Role)],
        MinimumDuration = TimeSpan.FromSeconds(1),
        TrustAnchors = [new(Anchor, Authority.Root)],
        Profiles = [new(Profile)],
    };

    public static string External(Uri endpoint, string certificate, string more = "") =>
        $"variant: RolesAnywhere, rolesAnywhere: {{trustAnchorArn: '{Anchor}', profileArn: '{Profile}', certificate: {{{certificate}}}, endpoint: '{endpoint}'{more}}}";

    /// <summary>Writes leaf, key and intermediate as a kind of file, and tells the fields that name it.</summary>
    /// <param name="leaf">The leaf with its key.</param>
    /// <param name="kind">PEM, two PEM files, encrypted PEM or PKCS#12.</param>
    /// <param name="withChain">Whether the intermediate stands beside it.</param>
    public string Write(X509Certificate2 leaf, string kind, bool withChain)
    {
        var chain = leaf.ExportCertificatePem() + "\n" + (withChain ? Authority.Intermediate.ExportCertificatePem() + "\n" : "");
        switch (kind)
        {
            case "PEM":
                return $"file: {Write("whole.pem", chain + KeyOf(leaf).ExportPkcs8PrivateKeyPem())}";
            case "two PEM files":
                return $"file: {Write("tls.crt", chain)}, keyFile: {Write("tls.key", KeyOf(leaf).ExportPkcs8PrivateKeyPem())}";
            case "encrypted PEM":
                var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
                return $"file: {Write("encrypted.pem", chain + KeyOf(leaf).ExportEncryptedPkcs8PrivateKeyPem(Password, encryption))}, password: {{value: {Password}}}";
            default:
                using (var bare = X509CertificateLoader.LoadCertificate(Authority.Intermediate.RawData))
                {
                    var all = new X509Certificate2Collection((X509Certificate2[])(withChain ? [leaf, bare] : [leaf]));
                    var path = Path.Combine(_folder.FullName, "workload.p12");
                    File.WriteAllBytes(path, all.Export(X509ContentType.Pkcs12, Password)!);
                    return $"file: {path}, password: {{value: {Password}}}";
                }
        }
    }

    /// <summary>Writes a leaf as Kubernetes mounts it, and swaps the link to the folder that holds it.</summary>
    /// <returns>The fields that name the files behind the link.</returns>
    public async Task<string> SwapAsync(X509Certificate2 leaf)
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder.FullName, $"..{Guid.NewGuid():N}")).FullName;
        Write(Path.Combine(data, "tls.crt"), leaf.ExportCertificatePem() + "\n" + Authority.Intermediate.ExportCertificatePem());
        Write(Path.Combine(data, "tls.key"), KeyOf(leaf).ExportPkcs8PrivateKeyPem());
        var (link, next) = (Path.Combine(_folder.FullName, "..data"), Path.Combine(_folder.FullName, "..data_tmp"));
        File.CreateSymbolicLink(next, data);
        // In one step, as rename(2) does; File.Move follows links to folders.
        Assert.Equal(0, (await Shell.RunAsync($"mv -T '{next}' '{link}'")).ExitCode);
        foreach (var name in (string[])["tls.crt", "tls.key"])
        {
            if (!File.Exists(Path.Combine(_folder.FullName, name)))
                File.CreateSymbolicLink(Path.Combine(_folder.FullName, name), Path.Combine("..data", name));
        }
        return $"file: {_folder.FullName}/tls.crt, keyFile: {_folder.FullName}/tls.key";
    }

    public void Dispose()
    {
        Authority.Dispose();
        _folder.Delete(recursive: true);
    }

    public static AsymmetricAlgorithm KeyOf(X509Certificate2 leaf) => (AsymmetricAlgorithm?)leaf.GetRSAPrivateKey() ?? leaf.GetECDsaPrivateKey()!;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
