using System.Diagnostics;

namespace SigningProxy.FunctionalTests.Secrets;

/// <summary>Another process of the proxy's user, with no right that user's processes do not have over each other. Root's have some, which are laid down.</summary>
internal static class SameUser
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What goes before a command for it to run so.</summary>
    public static IReadOnlyList<string> Through { get; } = Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] : [];

    /// <summary>Whether the tests' machine can do so.</summary>
    public static bool CanBe { get; } = OperatingSystem.IsLinux() && (Through.Count == 0 || File.Exists("/usr/bin/setpriv"));

    public static Process Start(params string[] command)
    {
        string[] whole = [.. Through, .. command];
        return Process.Start(new ProcessStartInfo(whole[0], whole[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>Whether it can read a file to its end.</summary>
    public static async Task<bool> CanReadAsync(string path)
    {
        using var reader = Start("cat", path);
        await Task.WhenAll(reader.StandardOutput.ReadToEndAsync(), reader.StandardError.ReadToEndAsync()).WaitAsync(Patience);
        await reader.WaitForExitAsync().WaitAsync(Patience);
        return reader.ExitCode == 0;
    }
}
