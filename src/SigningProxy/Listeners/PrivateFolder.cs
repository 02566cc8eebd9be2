using System.Runtime.InteropServices;

namespace SigningProxy.Listeners;

/// <summary>A folder that this user alone can look into and write to.</summary>
internal static partial class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Who may do what. The bits above it let nobody in: in a pod with an fsGroup, a volume's folders all have the setgid bit.
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;

    // statx(2): the file itself and not what a link points to; type, mode and owner.
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeModeAndOwner = 0x1 | 0x2 | 0x8;
    private const ushort TypeMask = 0xF000;
    private const ushort IsFolder = 0x4000;

    /// <summary>Makes a folder, unless it is there.</summary>
    /// <returns>Why it is not one of ours alone, as a clause; null when it is.</returns>
    public static string? Make(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the folder {path} cannot be made";
        }
        return Judge(path);
    }

    private static string? Judge(string path)
    {
        if (!OperatingSystem.IsLinux())
            return JudgeMode(File.GetUnixFileMode(path), path);
        if (Statx(CurrentFolder, path, NoFollow, TypeModeAndOwner, out var file) != 0)
            return $"the folder {path} cannot be looked at";
        if ((file.Mode & TypeMask) != IsFolder)
            return $"{path} is not a folder";
        if (file.Owner != UnixUser.Own)
            return $"the folder {path} is another user's";
        return JudgeMode((UnixFileMode)(file.Mode & ~TypeMask), path);
    }

    private static string? JudgeMode(UnixFileMode mode, string path) => (mode & Permissions) == OwnerOnly ? null : $"the folder {path} has not the mode 0700";

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out FileState state);

    /// <summary>What of struct statx, which is the same on every processor, is looked at.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileState
    {
        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
