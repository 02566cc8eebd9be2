namespace SigningProxy.Tests;

/// <summary>Where the solution lies, for tests of the files beside the code.</summary>
internal static class RepositoryRoot
{
    public static string Find(params ReadOnlySpan<string> path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SigningProxy.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds SigningProxy.sln.");
        return Path.Combine([folder.FullName, .. path]);
    }
}
