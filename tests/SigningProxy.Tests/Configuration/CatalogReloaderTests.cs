using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace SigningProxy.Tests.Configuration;

public sealed class CatalogReloaderTests : IDisposable
{
    private readonly CatalogFolder _folder = new();

    public CatalogReloaderTests()
    {
        _folder.Environment["KEY"] = "AKIDEXAMPLE000000001";
        _folder.Write("secrets/secret", "first");
        _folder.Write("catalog.yaml", Yaml("https://one.example.com"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reload_WhenTheCatalogChanges_PublishesItWhole()
    {
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader());

        var next = await running.NextAsync(() => _folder.Write("catalog.yaml", Yaml("https://two.example.com")));

        Assert.Equal(2, next.Revision);
        Assert.Equal("two.example.com", next.NamedCredentials["N"].Url.Host);
    }

    [Fact]
    public async Task Reload_WhenAFileIsAddedToTheFolder_PublishesIt()
    {
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader(_folder.Path));
        var next = await running.NextAsync(() => _folder.Write("more.yaml", "profiles: [{name: Added, principals: [E-P]}]"));
        Assert.True(next.Profiles.ContainsKey("Added"));
    }

    [Fact]
    public async Task Reload_WhenASecretFileChanges_PublishesTheNewSecret()
    {
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader());
        var before = running.Current.Snapshot;

        var next = await running.NextAsync(() => Replace("secrets/secret", "second"));

        Assert.NotEqual(before.ContentHash, next.ContentHash);
        Assert.NotSame(before.ExternalCredentials["E"].Principals[0].Keys, next.ExternalCredentials["E"].Principals[0].Keys);
    }

    [Fact]
    public async Task Reload_WhenTheCatalogIsBad_LogsEveryFaultAndKeepsTheLastGood()
    {
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader());
        var before = running.Current.Snapshot;
        var line = running.LineAsync("1001 ");

        _folder.Write("catalog.yaml", Yaml("https://two.example.com") + "profiles: [{name: A-B}, {}]\n");

        Assert.Matches("^1001 Error: The changed catalog is not valid \\(errors: 4\\), and revision 1 stays in use:\n(.*catalog.yaml:12: error: .*\n?){4}$", await line);
        Assert.Same(before, running.Current.Snapshot);
        var next = await running.NextAsync(() => _folder.Write("catalog.yaml", Yaml("https://three.example.com")));
        Assert.Equal((2, "three.example.com"), (next.Revision, next.NamedCredentials["N"].Url.Host));
    }

    [Fact]
    public async Task Reload_WhenASecretIsLost_KeepsTheLastGood()
    {
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader());
        var before = running.Current.Snapshot;
        var line = running.LineAsync("1001 ");

        File.Delete(Path.Combine(_folder.Path, "secrets", "secret"));

        Assert.Contains("does not exist. Provide it again: the keys in use stay until then.", await line, StringComparison.Ordinal);
        Assert.Same(before, running.Current.Snapshot);
    }

    [Fact]
    public async Task Reload_WhenAMissingSecretComes_ConfiguresThePrincipal()
    {
        File.Delete(Path.Combine(_folder.Path, "secrets", "secret"));
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader());
        Assert.NotEmpty(running.Current.Snapshot.ExternalCredentials["E"].Principals[0].Missing);

        var next = await running.NextAsync(() => Replace("secrets/secret", "late"));

        Assert.NotNull(next.ExternalCredentials["E"].Principals[0].Keys);
    }

    [Fact]
    public async Task Reload_WhenKubernetesSwapsTheVolume_SeesBothFilesOfOneVersion()
    {
        Volume("..v1", "https://one.example.com", "first");
        File.CreateSymbolicLink(At("volume/..data"), "..v1");
        File.CreateSymbolicLink(At("volume/catalog.yaml"), "..data/catalog.yaml");
        File.CreateSymbolicLink(At("volume/secret"), "..data/secret");
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader(At("volume")));
        Assert.Equal("one.example.com", running.Current.Snapshot.NamedCredentials["N"].Url.Host);

        Volume("..v2", "https://two.example.com", "second");
        File.CreateSymbolicLink(At("volume/..data_tmp"), "..v2");
        var next = await running.NextAsync(() => Rename("volume/..data_tmp", "volume/..data"));

        Assert.Equal("two.example.com", next.NamedCredentials["N"].Url.Host);

        void Volume(string version, string url, string secret)
        {
            _folder.Write($"volume/{version}/catalog.yaml", Yaml(url).Replace("secrets/secret", "secret", StringComparison.Ordinal));
            _folder.Write($"volume/{version}/secret", secret);
        }
    }

    [Fact]
    public async Task Reload_WhenSignalled_ReadsAgainThoughNoFileChanged()
    {
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader());

        var next = await running.NextAsync(() =>
        {
            _folder.Environment["KEY"] = "AKIDEXAMPLE000000002";
            using var kill = Process.Start("kill", ["-HUP", $"{Environment.ProcessId}"]);
        });

        Assert.Equal("AKIDEXAMPLE000000002", next.ExternalCredentials["E"].Principals[0].Keys!.AccessKeyId);
    }

    [Fact]
    public async Task Reload_WhenNothingChanged_PublishesNothing()
    {
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader());
        var before = running.Current.Snapshot;
        var unchanged = running.LineAsync("1006 ");

        File.SetLastWriteTimeUtc(_folder.Catalog, DateTime.UnixEpoch);

        await unchanged;
        Assert.Same(before, running.Current.Snapshot);
    }

    [Fact]
    public async Task Reload_WhenBadAndThenBackToWhatIsInUse_PublishesNothing()
    {
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader());
        var before = running.Current.Snapshot;
        var bad = running.LineAsync("1001 ");
        _folder.Write("catalog.yaml", "nonsense");
        await bad;
        var back = running.LineAsync("1006 ");

        _folder.Write("catalog.yaml", Yaml("https://one.example.com"));

        await back;
        Assert.Same(before, running.Current.Snapshot);
    }

    [Fact]
    public async Task Reload_WhenOnlyThePollCanTell_SeesTheChange()
    {
        // The path leads over a folder that is a link: its swap happens outside every watched folder.
        _folder.Write("releases/1/catalog.yaml", Yaml("https://one.example.com").Replace("secrets/secret", At("secrets/secret"), StringComparison.Ordinal));
        _folder.Write("releases/2/catalog.yaml", Yaml("https://twelve.example.com").Replace("secrets/secret", At("secrets/secret"), StringComparison.Ordinal));
        File.CreateSymbolicLink(At("now"), "releases/1");
        var time = new FakeTimeProvider();
        await using var running = await RunningReloader.PollingAsync(_folder.Loader(At("now/catalog.yaml")), time);

        var next = await RunningReloader.RunAsync(time, running.NextAsync(() =>
        {
            File.CreateSymbolicLink(At("then"), "releases/2");
            Rename("then", "now");
        }));

        Assert.Equal("twelve.example.com", next.NamedCredentials["N"].Url.Host);
    }

    [Fact]
    public async Task Reload_WhenUrlAndKeysFlipTogether_NeverMixesThem()
    {
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader());
        for (var i = 0; i < 50; i++)
        {
            var word = i % 2 == 0 ? "even" : "odd";
            var next = await running.NextAsync(() => Replace("catalog.yaml",
                Yaml($"https://{word}.example.com").Replace("{env: KEY}", $"{{value: {word}_{i:D16}}}", StringComparison.Ordinal)));
            Assert.StartsWith(word, next.NamedCredentials["N"].Url.Host, StringComparison.Ordinal);
            Assert.StartsWith(word, next.ExternalCredentials["E"].Principals[0].Keys!.AccessKeyId, StringComparison.Ordinal);
            Assert.Same(next.ExternalCredentials["E"], next.NamedCredentials["N"].ExternalCredential);
            Assert.Equal(i + 2, next.Revision);
        }
    }

    [Fact]
    public async Task Reload_WhateverComesOfIt_IsCountedByOutcomeAlone()
    {
        using var counted = new CountedReloads();
        await using var running = await RunningReloader.WatchingAsync(_folder.Loader());
        await counted.HeardAsync("outcome=unchanged");

        Replace("catalog.yaml", "nonsense");
        await counted.HeardAsync("outcome=kept");
        Replace("catalog.yaml", Yaml("https://one.example.com"));
        await counted.HeardAsync("outcome=unchanged");
        Replace("catalog.yaml", Yaml("https://two.example.com"));
        await counted.HeardAsync("outcome=published");
    }

    private static string Yaml(string url) => $$$"""
        externalCredentials:
          - name: E
            label: E
            authenticationProtocol: AwsSignatureV4
            service: s3
            region: eu-west-1
            principals:
              - {name: P, sequenceNumber: 1, accessKey: {env: KEY}, accessSecret: {file: secrets/secret}}
        namedCredentials:
          - {name: N, label: N, url: "{{{url}}}", externalCredential: E}
        # end

        """;

    private string At(string name) => Path.Combine(_folder.Path, name);

    // In one step, as rename(2) does; File.Move follows links to folders.
    private void Rename(string from, string to)
    {
        using var move = Process.Start("mv", ["-fT", At(from), At(to)]);
        move.WaitForExit();
        Assert.Equal(0, move.ExitCode);
    }

    // As careful writers do: whole at once.
    private void Replace(string name, string text)
    {
        var temporary = _folder.Write($"{name}.new", text);
        File.Move(temporary, At(name), overwrite: true);
    }
}
