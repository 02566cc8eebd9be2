using System.Globalization;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>Signing in to the real executable, and what its cookies come to elsewhere.</summary>
public sealed class SignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstRun_ByItsLink_ToAChange_AndOverARestart()
    {
        using var folder = await SetupFolder.CreateAsync();
        using var visitor = new Visitor(folder.Setup);
        await using (var proxy = await ProxyProcess.StartAsync("namedCredentials: []", folder.Settings))
        {
            var link = (await File.ReadAllTextAsync(folder.LinkFile, Cancellation)).TrimEnd();
            Assert.StartsWith($"{folder.Setup}sign-in/link?token=", link, StringComparison.Ordinal);
            var token = link.Split("token=")[1];
            Assert.DoesNotContain(token, proxy.Log, StringComparison.Ordinal);
            Assert.Equal(200, (await visitor.GetAsync($"/sign-in/link?token={token}")).Status);

            var made = await visitor.SendAsync(HttpMethod.Post, "/sign-in/link", $$"""{"token":"{{token}}","name":"ada"}""");
            Assert.Equal(201, made.Status);
            Assert.Equal(201, (await visitor.ChangeAsync(HttpMethod.Put, "/api/v1/administrators/bob", """{"permission":"View","token":{"new":true}}""")).Status);
            Assert.DoesNotContain(made.Member("token")!, proxy.Log, StringComparison.Ordinal);
            await proxy.WritesAsync("ada signed in to Setup by link, from 127.1.");
        }
        Assert.Equal(["one-time link: created", "ada: signed in by link", "ada: created"], folder.Audit());

        // The keys of cookies lie in the database, and stay there when its master key is replaced.
        Assert.Equal(0, (await ProxyProcess.RunAsync("catalog", "new-key", folder.File("next.key"))).ExitCode);
        Assert.Equal(0, (await folder.CommandAsync("rekey", folder.File("next.key"))).ExitCode);
        File.Move(folder.File("next.key"), folder.File("master.key"), overwrite: true);
        await using var again = await ProxyProcess.StartAsync("namedCredentials: []", folder.Settings);
        Assert.Equal(200, await visitor.MeAsync());
        Assert.False(File.Exists(folder.LinkFile));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("script -qfec", true)]
    public async Task Link_IsShownOnATerminalAlone(string through, bool shown)
    {
        Assert.SkipUnless((await Shell.RunAsync("command -v script")).ExitCode == 0, "Needs the command script, for a terminal.");
        using var folder = await SetupFolder.CreateAsync();
        var (output, run) = (folder.File("output"), $"{ProxyProcess.Binary} run --catalog {folder.Catalog} --listen 127.0.0.1:0 --operations off --operator off {string.Join(' ', folder.Settings)}");
        var told = await Shell.RunAsync(
            $"{(through.Length == 0 ? run : $"{through} '{run}' /dev/null")} > {output} 2>&1 & P=$!; n=0; "
            + $"until grep -q 'Listening on' {output} || [ $n -gt 250 ]; do sleep 0.1; n=$((n+1)); done; kill $P; cat {output}");

        Assert.Contains("Setup has no administrator yet.", told.Output, StringComparison.Ordinal);
        Assert.Equal(shown, told.Output.Contains("/sign-in/link?token=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BrowserThatSignedIn_CallsAProxiedRoute_AndTheDestinationSeesNoSetupCookie()
    {
        using var folder = await SetupFolder.CreateAsync();
        await using var destination = new CannedDestination(
            "HTTP/1.1 200 OK", "Set-Cookie: theirs=1; Path=/", "Set-Cookie: __Host-SigningProxy-Setup=stolen; Path=/; Secure", "set-cookie: __Host-SigningProxy-SetupC1=x");
        var catalog = new CatalogText().With("Open", destination.Address, "AKIDCOOKIE000001", Stage.Secret)
            .With("Kept", destination.Address, "AKIDCOOKIE000001", Stage.Secret, fields: ["callerHeaders: {keepAs: [{name: Cookie, as: X-Kept-Cookie}]}"]).ToString();
        await using var proxy = await ProxyProcess.StartAsync(catalog, folder.Settings);
        var token = (await File.ReadAllTextAsync(folder.LinkFile, Cancellation)).TrimEnd().Split("token=")[1];
        var jar = folder.File("jar");

        // curl's own jar, which keeps the host's cookies for all its ports, as browsers do.
        var signedIn = await Shell.RunAsync($"curl -sS -c {jar} -H 'Content-Type: application/json' -d '{{\"token\":\"{token}\",\"name\":\"ada\"}}' {folder.Setup}sign-in/link");
        Assert.Contains("\"permission\":\"Manage\"", signedIn.Output, StringComparison.Ordinal);
        await File.AppendAllTextAsync(jar, "127.0.0.1\tFALSE\t/\tFALSE\t0\ttheirs\t7\n", Cancellation);
        Assert.Contains("\"name\":\"ada\"", (await Shell.RunAsync($"curl -sS -b {jar} {folder.Setup}api/v1/me")).Output, StringComparison.Ordinal);
        var called = await Shell.RunAsync($"curl -sS -i -b {jar} {proxy.Address}Open/x && curl -sS -b {jar} {proxy.Address}Kept/x");

        Assert.Equal(2, destination.Heads.Count);
        Assert.All(destination.Heads, head => Assert.DoesNotContain("SigningProxy-Setup", head, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("Cookie: theirs=7\n", destination.Heads.First(), StringComparison.Ordinal);
        Assert.Contains("X-Kept-Cookie: theirs=7\n", destination.Heads.Last(), StringComparison.Ordinal);
        Assert.Contains("Set-Cookie: theirs=1; Path=/", called.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SigningProxy-Setup", called.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("0.0.0.0:{0}", "in the clear. Write \"https:\" before it, and set SigningProxy:Setup:CertificateFile")]
    [InlineData("https:0.0.0.0:{0}", "needs a certificate. Set SigningProxy:Setup:CertificateFile")]
    public async Task Start_OnAnotherAddressWithoutTls_IsRefused(string listen, string why)
    {
        using var folder = await SetupFolder.CreateAsync();
        var address = string.Format(CultureInfo.InvariantCulture, listen, folder.Setup.Port);

        var run = await ProxyProcess.RunAsync(["run", "--catalog", folder.Catalog, .. folder.Settings, "--set", $"SigningProxy:Setup:Listen={address}"]);

        Assert.Equal(78, run.ExitCode);
        Assert.Contains($"SigningProxy:Setup:Listen: \"{address}\"", run.Error, StringComparison.Ordinal);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Database));
    }

    [Fact]
    public async Task Socket_IsThisUsersAlone_AndNeedsAProofToo()
    {
        using var folder = await SetupFolder.CreateAsync();
        var socket = folder.File("setup.sock");
        await using var proxy = await ProxyProcess.StartAsync("namedCredentials: []", [.. folder.Settings, "--set", $"SigningProxy:Setup:Listen=unix:{socket}"]);
        using var visitor = new Visitor(folder.Setup, socket: socket);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(socket));
        Assert.Equal(401, await visitor.MeAsync());
        var token = (await File.ReadAllTextAsync(folder.LinkFile, Cancellation)).TrimEnd().Split("http://localhost/sign-in/link?token=")[1];
        Assert.Equal(201, (await visitor.SendAsync(HttpMethod.Post, "/sign-in/link", $$"""{"token":"{{token}}","name":"ada"}""")).Status);
        Assert.Equal(200, await visitor.MeAsync());
    }
}
