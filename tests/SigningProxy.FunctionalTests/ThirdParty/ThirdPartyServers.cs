namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>Servers that other people wrote, and the proxy before them. Where they cannot be had, CI fails and a user's machine skips.</summary>
public abstract class ThirdPartyServers : IAsyncLifetime
{
    private string? _missing;

    /// <summary>Whether this is a continuous integration run, where nothing is left out.</summary>
    internal static bool IsContinuousIntegration { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    public async ValueTask InitializeAsync()
    {
        try
        {
            await StartAsync();
        }
        catch (Exception e) when (!IsContinuousIntegration && e is not Xunit.Sdk.IAssertionException)
        {
            _missing = $"The third-party servers could not be started: {e.Message}";
        }
    }

    /// <summary>Skips the test where they are missing.</summary>
    public void Need() => Assert.SkipUnless(_missing is null, _missing ?? "");

    public abstract ValueTask DisposeAsync();

    protected abstract Task StartAsync();

    /// <summary>Below the folder that holds the solution.</summary>
    internal static string Below(params ReadOnlySpan<string> path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SigningProxy.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds SigningProxy.sln.");
        return Path.Combine([folder.FullName, .. path]);
    }
}
