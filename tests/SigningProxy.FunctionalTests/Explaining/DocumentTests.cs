using System.Text;
using System.Text.RegularExpressions;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Explaining;

/// <summary>Runs the examples of <c>docs/explain.md</c>, one after the other as a reader would.</summary>
public sealed partial class DocumentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Examples_Pasted_WriteWhatTheDocumentSays()
    {
        var blocks = Block().Matches(await File.ReadAllTextAsync(Document(), TestContext.Current.CancellationToken));
        var script = new StringBuilder($"cd '{_folder}'\nsigning-proxy() {{ \"$PROXY\" \"$@\"; }}\nunset AWS_SESSION_TOKEN\n");
        foreach (Match block in blocks)
            script.Append(block.Groups["script"].Value).Append("echo ---- >&2; echo ----\n");

        // Hyphens in a function's name are bash's alone.
        var (_, output, error) = await Shell.RunAsync($"exec bash <<'ALL OF IT'\n{script}\nALL OF IT\n");

        Assert.Equal(3, blocks.Count);
        Assert.Equal(blocks.Select(b => b.Groups["output"].Value), output.Split("----\n")[..^1]);
        Assert.Equal(string.Concat(blocks.Select(_ => "----\n")), error);
    }

    private static string Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SigningProxy.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds SigningProxy.sln.");
        return Path.Combine(folder.FullName, "docs", "explain.md");
    }

    [GeneratedRegex("```sh\n(?<script>.*?)```\n\n```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
