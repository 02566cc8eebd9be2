using System.Runtime.InteropServices;

namespace SigningProxy.Cli;

/// <summary>Keeps the process's memory and files from other processes of the same user.</summary>
internal static partial class ProcessHardening
{
    private const int SetDumpable = 4;
    private const uint OwnerOnly = 0b000_111_111;

    /// <summary>No core dump, no debugger, no reading of <c>/proc/self/mem</c> (prctl(2), PR_SET_DUMPABLE); files and sockets for the owner alone (umask(2)).</summary>
    public static void Apply()
    {
        _ = Umask(OwnerOnly);
        if (OperatingSystem.IsLinux())
            _ = Prctl(SetDumpable, 0, 0, 0, 0);
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Umask(uint mask);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);
}
