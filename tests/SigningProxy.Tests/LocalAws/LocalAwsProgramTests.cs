using System.Security.Cryptography;
using SigningProxy.LocalAws;

namespace SigningProxy.Tests.LocalAws;

public sealed class LocalAwsProgramTests
{
    [Fact]
    public async Task Run_WithHelp_ExplainsItself()
    {
        var (code, output, errors) = await RunAsync(["--help"]);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("--port PORT", output, StringComparison.Ordinal);
        Assert.Contains("default 4566", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port takes a number from 0 to 65535.", "--port")]
    [InlineData("--port takes a number from 0 to 65535.", "--port", "65536")]
    [InlineData("--host takes an IP address", "--host", "everywhere")]
    [InlineData("'--verbose' is not an option.", "--verbose")]
    [InlineData("--minimum-duration takes a number from 1 to 43200.", "--minimum-duration", "0")]
    [InlineData("--role takes an ARN with ':role/', each once.", "--role", "admin")]
    [InlineData("--role takes an ARN with ':role/', each once.", "--role", "arn:aws:iam::1:role/a", "--role", "arn:aws:iam::1:role/a")]
    [InlineData("--external-id belongs to the --role before it", "--external-id", "x")]
    [InlineData("--token-issuer takes an issuer, each once.", "--token-issuer", "")]
    [InlineData("--token-subject belongs to the --token-issuer before it", "--token-subject", "x")]
    [InlineData("--token-key: '/no/such/file' cannot be read", "--token-issuer", "x", "--token-key", "/no/such/file")]
    [InlineData("--trust-anchor: '/no/such/file' cannot be read", "--trust-anchor", "arn:aws:rolesanywhere:eu-west-1:1:trust-anchor/a=/no/such/file")]
    [InlineData("--trust-anchor takes an ARN with ':trust-anchor/'", "--trust-anchor", "a=/no/such/file")]
    [InlineData("--revoked-serial belongs to the --trust-anchor before it", "--revoked-serial", "1")]
    [InlineData("--profile takes an ARN with ':profile/'", "--profile", "x")]
    public async Task Run_WithArgumentsItCannotRead_SaysWhich(string says, params string[] args)
    {
        var (code, output, errors) = await RunAsync(args);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(says, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AKID")]
    [InlineData("AKID:")]
    [InlineData(":very-secret")]
    [InlineData("AKID:very-secret,")]
    [InlineData("AKID:very-secret,AKID:very-secret")]
    public async Task Run_WithKeysItCannotRead_SaysSoWithoutThem(string keys)
    {
        var (code, _, errors) = await RunAsync([], keys);
        Assert.Equal(2, code);
        Assert.Contains("LOCAL_AWS_KEYS", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UntilStopped_NamesItsKeysWithoutSecrets()
    {
        var (code, output, errors) = await RunAsync(["--port", "0"], "AKIDONE:very-secret,AKIDTWO:very:secret");
        Assert.Equal((0, ""), (code, errors));
        Assert.Matches("^local-aws listens on http://127\\.0\\.0\\.1:[0-9]+/ and knows AKIDONE, AKIDTWO", output);
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OpenToOtherMachines_Warns()
    {
        var (code, _, errors) = await RunAsync(["--port", "0", "--host", "0.0.0.0"]);
        Assert.Equal(0, code);
        Assert.Contains("warning", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhenThePortIsTaken_CannotStart()
    {
        await using var server = await LocalAwsServer.StartAsync(new(), TestContext.Current.CancellationToken);
        var (code, output, errors) = await RunAsync(["--port", $"{server.Address.Port}"]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("is in use", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_WithoutRoles_KnowsOneWithAndOneWithoutAnExternalId()
    {
        var options = Parse();
        Assert.Equal([null, "local-external-id"], options.Roles.Select(role => role.ExternalId));
        Assert.Equal(TimeSpan.FromMinutes(15), options.MinimumDuration);
        Assert.Empty(options.Profiles);
    }

    [Fact]
    public void TryParse_WithEverything_PutsEachToTheOneBeforeIt()
    {
        using var authority = new MadeUpAuthority();
        using var key = RSA.Create(2048);
        var folder = Directory.CreateTempSubdirectory("local-aws-tests-");
        try
        {
            var (ca, publicKey) = (Path.Combine(folder.FullName, "ca.pem"), Path.Combine(folder.FullName, "key.pem"));
            File.WriteAllText(ca, authority.Root.ExportCertificatePem());
            File.WriteAllText(publicKey, key.ExportSubjectPublicKeyInfoPem());
            const string Anchor = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/one";
            var options = Parse(
                "--role", "arn:aws:iam::111122223333:role/a", "--external-id", "id", "--trusts", "AKIDONE", "--trusts", "AKIDTWO", "--role", "arn:aws:iam::111122223333:role/b",
                "--minimum-duration", "2", "--token-issuer", "https://issuer.example", "--token-subject", "me", "--token-key", publicKey,
                "--trust-anchor", $"{Anchor}={ca}", "--revoked-serial", "77");
            Assert.Equal(("id", null), (options.Roles[0].ExternalId, options.Roles[1].ExternalId));
            Assert.Equal(["AKIDONE", "AKIDTWO"], options.Roles[0].Trusts);
            Assert.Equal(TimeSpan.FromSeconds(2), options.MinimumDuration);
            Assert.Equal(["me"], Assert.Single(options.TokenIssuers).Subjects);
            Assert.Contains("PUBLIC KEY", options.TokenIssuers[0].PublicKeyPem, StringComparison.Ordinal);
            Assert.Equal((Anchor, authority.Root.Thumbprint), (options.TrustAnchors[0].Arn, options.TrustAnchors[0].Certificate.Thumbprint));
            Assert.Equal(["77"], options.TrustAnchors[0].RevokedSerials);
            Assert.Equal("arn:aws:rolesanywhere:eu-west-1:111122223333:profile/local", Assert.Single(options.Profiles).Arn);
            Assert.True(Assert.Single(Parse("--naming-profile", "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/x").Profiles).AcceptsRoleSessionName);
            options.TrustAnchors[0].Certificate.Dispose();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static LocalAwsOptions Parse(params string[] args)
    {
        Assert.True(LocalAwsArguments.TryParse(args, null, out var options, out var fault), fault);
        return options;
    }

    // Stopped by its first line of output: nothing here waits for a time to pass
    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] args, string? keys = null)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var output = new StoppingWriter(stopping);
        await using var errors = new StringWriter();
        var code = await LocalAwsProgram.RunAsync(args, keys, output, errors, stopping.Token);
        return (code, output.ToString(), errors.ToString());
    }

    private sealed class StoppingWriter(CancellationTokenSource stopping) : StringWriter
    {
        public override async Task WriteLineAsync(string? value)
        {
            await base.WriteLineAsync(value);
            await stopping.CancelAsync();
        }
    }
}
