using System.CommandLine;
using System.Text.Json.Nodes;
using SigningProxy.Cli;
using SigningProxy.Tests.Configuration;

namespace SigningProxy.Tests.Cli;

public sealed class ValidateCommandTests : IDisposable
{
    private const string Counts = "0 external credentials with 0 principals, 0 named credentials, 0 permission sets, 0 profiles, 0 callers, 0 certificates";

    private readonly CatalogFolder _folder = new();

    public ValidateCommandTests() => _folder.Write("catalog.yaml", "");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Validate_WhenTwoListenersAreAtOneAddress_NamesBoth()
    {
        var (code, text) = await ValidateAsync("--set", "SigningProxy:Listeners:Callouts:0=127.0.0.1:80", "--set", "SigningProxy:Listeners:Callouts:1=127.0.0.1:80 by Token");

        Assert.Equal(78, code);
        Assert.Contains("SigningProxy:Listeners: \"127.0.0.1:80\" and \"127.0.0.1:80 by Token\" are at one address, where only one can listen.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_WhenNoSettingsAreGiven_JudgesTheCatalogAlone() =>
        Assert.Equal((0, $"The catalog is valid: 0 errors, 0 warnings; {Counts}.\n"), await ValidateAsync());

    [Fact]
    public async Task Validate_WhenSettingsAreGood_SaysThatTheyWereJudged() =>
        Assert.Equal(
            (0, $"The catalog with these host settings is valid: 0 errors, 0 warnings; {Counts}.\n"), await ValidateAsync("--set", "SigningProxy:Bodies:MemoryLimitBytes=65536"));

    [Fact]
    public async Task Validate_WhenSettingsAreWrong_TellsThemInTheFormOfTheCatalogsFaults() =>
        Assert.Equal(
            (78, $"""
                error: SigningProxy:Bodies:MemoryLimitBytes: the value is not a whole number of bytes. Write digits alone, such as 65536.
                error: SigningProxy:Destinations:ConnectTimeout: 00:00:00 is not between 0 and 1 day. Write it as hours:minutes:seconds, such as 00:01:30.

                The catalog with these host settings is not valid: 2 errors, 0 warnings; {Counts}.

                """),
            await ValidateAsync("--set", "SigningProxy:Bodies:MemoryLimitBytes=wJalrXUtnFEMI", "--set", "SigningProxy:Destinations:ConnectTimeout=0:0"));

    [Fact]
    public async Task Validate_WhenBothAreWrong_TellsBoth()
    {
        _folder.Write("catalog.yaml", "nonsense: 1");

        var (code, text) = await ValidateAsync("--settings", _folder.Write("settings.json", """{"SigningProxy": {"Nothing": {"At": 1}}}"""));

        Assert.Equal(78, code);
        Assert.Contains("error: SigningProxy:Nothing: there is no such section.", text, StringComparison.Ordinal);
        Assert.Contains("catalog.yaml:1: error: there is no field nonsense.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_WhenARouteBreaksARule_TellsIt()
    {
        var settings = _folder.Write("settings.json", """
            {"ReverseProxy": {"Routes": {"Own": {"ClusterId": "Gone", "Match": {"Path": "/own"}, "Metadata": {"SigningProxy.NamedCredential": "Nobody"}}}}}
            """);

        var (code, text) = await ValidateAsync("--settings", settings);

        Assert.Equal(78, code);
        Assert.Contains("error: ReverseProxy:Routes:Own: its cluster \"Gone\" does not exist. Declare it under ReverseProxy:Clusters.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{")]
    [InlineData("wJalrXUtnFEMI")]
    public async Task Validate_WhenTheFileOfSettingsIsNone_TellsIt(string? content)
    {
        var file = content is null ? Path.Combine(_folder.Path, "gone.json") : _folder.Write("settings.json", content);

        var (code, text) = await ValidateAsync("--settings", file);

        Assert.Equal(78, code);
        Assert.StartsWith($"error: {file}: this is not a file of settings", text, StringComparison.Ordinal);
        Assert.Contains(". Give one that this user may read and that holds one JSON object.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_WhenAsJson_TellsKeyRuleAndMend()
    {
        var (code, text) = await ValidateAsync("--set", "SigningProxy:Listeners:SocketMode=rw", "--output", "json");

        Assert.Equal(78, code);
        var fault = JsonNode.Parse(text)!["faults"]!.AsArray().Single()!;
        Assert.Equal(
            ("error", null, "SigningProxy:Listeners:SocketMode", "\"rw\" is not a file mode", "Write it in octal, such as \"0660\"."),
            ((string)fault["severity"]!, (string?)fault["file"], (string)fault["entry"]!, (string)fault["rule"]!, (string)fault["mend"]!));
    }

    private async Task<(int Code, string Text)> ValidateAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var code = await SigningProxyCommand.Create().Parse(["validate", "--catalog", _folder.Catalog, .. arguments])
            .InvokeAsync(new InvocationConfiguration { Output = output }, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
