using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>The commands of docs/setup-api.md, run as they stand.</summary>
public sealed partial class SetupDocsTests
{
    [Fact]
    public async Task Commands_OfThePage_DoWhatItSays()
    {
        await using var api = await ApiStage.StartAsync();
        var page = await File.ReadAllTextAsync(Page(), TestContext.Current.CancellationToken);
        var commands = string.Join('\n', Commands().Matches(page).Select(m => m.Groups[1].Value));
        Assert.Contains("call -X PUT", commands, StringComparison.Ordinal);
        var start = new ProcessStartInfo("bash") { WorkingDirectory = Path.GetDirectoryName(api.Stage.Folder.Catalog), RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-euo");
        start.ArgumentList.Add("pipefail");
        (start.Environment["SETUP"], start.Environment["TOKEN"]) = ($"{api.Setup}api/v1", ApiStage.Manager);
        using var bash = Process.Start(start)!;
        await bash.StandardInput.WriteAsync(commands);
        bash.StandardInput.Close();
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(bash.ExitCode == 0, $"{await output}\n{await error}");
        Assert.Contains("OrdersTable-Writer signs", await output, StringComparison.Ordinal);
        Assert.Equal("All orders", (string?)(await api.JsonAsync("/named-credentials/Orders"))["label"]);
    }

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SigningProxy.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", "setup-api.md");
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Commands();
}
