using System.Runtime.InteropServices;

namespace SigningProxy.Cli;

/// <summary>Whether somebody sits in front of this process.</summary>
internal static partial class Terminal
{
    private const int StandardOutput = 1;

    /// <summary>Whether what is written to the standard output is seen on a screen, and kept nowhere.</summary>
    public static bool IsOutput => IsTerminal(StandardOutput) == 1;

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsTerminal(int descriptor);
}
