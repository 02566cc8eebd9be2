using SigningProxy.Listeners;

namespace SigningProxy.Tests.Listeners;

public sealed class PrivateFolderTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _parent = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;

    private string Folder => Path.Combine(_parent, "own");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void Make_WhenThereIsNone_MakesItForThisUserAlone()
    {
        Assert.Null(PrivateFolder.Make(Folder));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Folder));
        Assert.Null(PrivateFolder.Make(Folder));
    }

    [Theory]
    [InlineData(OwnerOnly | UnixFileMode.OtherExecute)]
    [InlineData(OwnerOnly | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserExecute)]
    public void Make_WhenTheModeIsAnother_SaysSoAndLeavesIt(UnixFileMode mode)
    {
        Directory.CreateDirectory(Folder);
        File.SetUnixFileMode(Folder, mode);

        Assert.Equal($"the folder {Folder} has not the mode 0700", PrivateFolder.Make(Folder));
        Assert.Equal(mode, File.GetUnixFileMode(Folder));
    }

    // As in a volume of a pod that has an fsGroup.
    [Fact]
    public void Make_InAFolderThatHandsItsGroupDown_IsGood()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems hand the group down without the bit.");
        File.SetUnixFileMode(_parent, OwnerOnly | UnixFileMode.SetGroup);

        Assert.Null(PrivateFolder.Make(Folder));
        Assert.Equal(OwnerOnly | UnixFileMode.SetGroup, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public void Make_WhenALinkIsInItsPlace_DoesNotFollow()
    {
        var elsewhere = Path.Combine(_parent, "elsewhere");
        Assert.Null(PrivateFolder.Make(elsewhere));
        Directory.CreateSymbolicLink(Folder, elsewhere);

        Assert.NotNull(PrivateFolder.Make(Folder));
    }

    [Fact]
    public void Make_WhenAFileIsInItsPlace_SaysSo()
    {
        File.WriteAllText(Folder, "somebody's work");

        Assert.Equal($"the folder {Folder} cannot be made", PrivateFolder.Make(Folder));
        Assert.Equal("somebody's work", File.ReadAllText(Folder));
    }

    [Fact]
    public void Make_WhenItIsAnotherUsers_SaysSo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only the superuser can give a folder away.");
        Assert.Null(PrivateFolder.Make(Folder));
        using (var chown = System.Diagnostics.Process.Start("chown", ["65534", Folder]))
            Assert.True(chown.WaitForExit(TimeSpan.FromSeconds(20)) && chown.ExitCode == 0);

        Assert.Equal($"the folder {Folder} is another user's", PrivateFolder.Make(Folder));
    }
}
