using System.Globalization;
using System.Text.Json.Nodes;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.FunctionalTests.Setup;

namespace SigningProxy.FunctionalTests;

/// <summary>A named credential's own port that a listener of the host settings has: told wherever the catalog is judged, before a port fails to open.</summary>
public sealed class OwnPortTests
{
    [Theory]
    [InlineData("SigningProxy:Listeners:Callouts:0", "localhost:PORT", "SigningProxy:Listeners:Callouts, \"localhost:PORT\"")]
    [InlineData("SigningProxy:Listeners:Operations", "127.0.0.1:PORT", "SigningProxy:Listeners:Operations, \"127.0.0.1:PORT\"")]
    [InlineData("SigningProxy:Setup:Listen", "[::1]:PORT", "SigningProxy:Setup:Listen, \"[::1]:PORT\"")]
    public async Task StartValidateAndImport_TellWhoseThePortIs(string setting, string address, string taker)
    {
        using var folder = await SetupFolder.CreateAsync();
        var port = ProxyProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        var entries = new CatalogText().With("Ported", new Uri("http://127.0.0.1:1/"), "AKIDPORTED0000000", "secret", fields: [$"listen: {port}"]).ToString();
        var rule = $"listen {port} is also the port of {taker.Replace("PORT", port, StringComparison.Ordinal)}. Choose another port, such as 8101, or change that setting.";
        string[] settings = [.. folder.Settings, "--set", $"{setting}={address.Replace("PORT", port, StringComparison.Ordinal)}"];

        var import = await ProxyProcess.RunAsync(["catalog", "import", await folder.WriteAsync(entries), "--catalog", folder.Catalog, .. settings]);
        await File.WriteAllTextAsync(folder.Catalog, entries, TestContext.Current.CancellationToken);
        var validate = await ProxyProcess.RunAsync(["validate", "--catalog", folder.Catalog, .. settings]);
        var run = await ProxyProcess.RunAsync(["run", "--catalog", folder.Catalog, "--operator", "off", .. settings]);

        Assert.Equal((78, 78, 78), (import.ExitCode, validate.ExitCode, run.ExitCode));
        Assert.Contains(rule, import.Error, StringComparison.Ordinal);
        Assert.Matches($@"catalog\.yaml:\d+: .*Ported.*{System.Text.RegularExpressions.Regex.Escape(rule)}", validate.Output);
        Assert.Matches($@"catalog\.yaml:\d+: .*Ported.*{System.Text.RegularExpressions.Regex.Escape(rule)}", run.Error);
        // Another loopback address is another place, and validate alone knows of no settings.
        Assert.Equal(0, (await ProxyProcess.RunAsync("validate", "--catalog", folder.Catalog)).ExitCode);
    }

    [Fact]
    public async Task ChangeThroughSetup_ToItsOwnPort_IsRefusedAtTheField_AndAReloadKeepsTheLastGood()
    {
        await using var api = await ApiStage.StartAsync();
        Assert.Equal(201, (await api.PutYamlAsync("/external-credentials/Keyed", "{label: Keyed, authenticationProtocol: AwsSignatureV4, service: lambda, region: eu-west-1}")).Status);

        var refused = await api.PutYamlAsync("/named-credentials/Ported", Named(api.Setup.Port));
        var taken = await api.PutYamlAsync("/named-credentials/Ported", Named(ProxyProcess.FreePort()));
        await File.WriteAllTextAsync(api.Proxy.CatalogPath, $"namedCredentials: [{{name: Filed, {Named(api.Setup.Port)[1..]}]", TestContext.Current.CancellationToken);

        Assert.Equal((422, 201), (refused.Status, taken.Status));
        var error = Assert.Single(JsonNode.Parse(refused.Text)!["errors"]!.AsArray())!;
        Assert.Equal(("listen", $"listen {api.Setup.Port} is also the port of SigningProxy:Setup:Listen, \"127.0.0.1:{api.Setup.Port}\""), ((string)error["field"]!, (string)error["rule"]!));
        await api.Proxy.WritesAsync("The changed catalog is not valid");
        await api.Proxy.WritesAsync("is also the port of SigningProxy:Setup:Listen");
        Assert.Equal(200, (await api.GetAsync("/me")).Status);

        static string Named(int port) => string.Create(
            CultureInfo.InvariantCulture, $"{{label: Ported, url: \"https://lambda.eu-west-1.amazonaws.com\", externalCredential: Keyed, listen: {port}}}");
    }
}
