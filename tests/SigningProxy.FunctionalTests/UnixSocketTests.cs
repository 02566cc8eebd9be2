using System.Net;
using System.Net.Sockets;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests;

public sealed class UnixSocketTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;
    private LocalAwsServer _aws = null!;

    private string Socket => Path.Combine(_folder, "s");

    private string Listen => $"unix:{Socket}";

    private string Catalog => new CatalogText().With("Api", _aws.Address, LocalDestination.Key.AccessKeyId, LocalDestination.Key.Secret).ToString();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _aws = await LocalDestination.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _aws.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("h2c:", 2)]
    public async Task Call_IsSigned_AndTheFileIsTheOwnersAlone(string prefix, int version)
    {
        await using var proxy = await ProxyProcess.StartAsync(Catalog, "--listen", prefix + Listen);

        await AssertServesAsync(version);

        Assert.Equal("600", (await Shell.RunAsync($"stat -c %a '{Socket}'")).Output.Trim());
    }

    [Fact]
    public async Task SocketModeAndGroup_AreSet()
    {
        var groups = (await Shell.RunAsync("id -u; id -g; id -G")).Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        // The superuser may give it to any group, others to one of their own.
        var other = groups[0] == "0" ? "4242" : groups[2..].FirstOrDefault(g => g != groups[1]);
        Assert.SkipUnless(other is not null, "This user has one group alone.");

        await using var proxy = await ProxyProcess.StartAsync(
            Catalog, "--listen", Listen, "--set", "SigningProxy:Listeners:SocketMode=0660", "--set", $"SigningProxy:Listeners:SocketGroup={other}");

        Assert.Equal($"660 {other}", (await Shell.RunAsync($"stat -c '%a %g' '{Socket}'")).Output.Trim());
        await AssertServesAsync(1);
    }

    [Fact]
    public async Task SocketOfAProcessThatWasKilled_IsReplaced()
    {
        await using (await ProxyProcess.StartAsync(Catalog, "--listen", Listen))
        {
            // It is killed on the way out.
        }
        Assert.True(File.Exists(Socket));

        await using var proxy = await ProxyProcess.StartAsync(Catalog, "--listen", Listen);

        await AssertServesAsync(1);
    }

    [Fact]
    public async Task SocketThatSomebodyAnswersOn_IsLeftToIt()
    {
        await using var first = await ProxyProcess.StartAsync(Catalog, "--listen", Listen);

        var (code, error) = await RunAsync(first.CatalogPath);

        Assert.Equal(1, code);
        Assert.Contains($"Another process answers on {Socket}", error, StringComparison.Ordinal);
        await AssertServesAsync(1);
    }

    [Fact]
    public async Task FileInItsPlace_IsNotTouched()
    {
        var catalog = Path.Combine(_folder, "catalog.yaml");
        await File.WriteAllTextAsync(catalog, Catalog, Cancellation);
        await File.WriteAllTextAsync(Socket, "somebody's work", Cancellation);

        var (code, error) = await RunAsync(catalog);

        Assert.Equal(1, code);
        Assert.Contains($"{Socket} is in the way", error, StringComparison.Ordinal);
        Assert.Equal("somebody's work", await File.ReadAllTextAsync(Socket, Cancellation));
    }

    [Fact]
    public async Task FolderMissing_IsNamed()
    {
        var catalog = Path.Combine(_folder, "catalog.yaml");
        await File.WriteAllTextAsync(catalog, Catalog, Cancellation);

        var (code, _, error) = await ProxyProcess.RunAsync("run", "--catalog", catalog, "--operations", "off", "--listen", $"unix:{_folder}/nothing/s");

        Assert.Equal(1, code);
        Assert.Contains($"The folder {_folder}/nothing of the socket", error, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Error)> RunAsync(string catalog)
    {
        var (code, output, error) = await ProxyProcess.RunAsync("run", "--catalog", catalog, "--operations", "off", "--listen", "127.0.0.1:0", "--listen", Listen);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
        return (code, error);
    }

    private async Task AssertServesAsync(int version)
    {
        _aws.ClearRequests();
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://any.example/Api/x")
        {
            Version = new Version(version, version == 1 ? 1 : 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var answer = await client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(version, answer.Version.Major);
        Assert.True(Assert.Single(_aws.Requests).Verified);
    }
}
