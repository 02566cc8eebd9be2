using System.Globalization;
using SigningProxy.Bodies;

namespace SigningProxy.Tests.Bodies;

public sealed class SpoolFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("spool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Create_LeavesNoNameAndOpensItToTheOwnerAlone()
    {
        using var file = SpoolFile.Create(_folder.FullName);
        await file.WriteAsync("body"u8.ToArray(), 0, TestContext.Current.CancellationToken);

        Assert.Empty(_folder.EnumerateFileSystemInfos());
        if (!OperatingSystem.IsLinux())
            return;
        var descriptor = Assert.Single(OpenHere());
        Assert.EndsWith(" (deleted)", descriptor.LinkTarget, StringComparison.Ordinal);
        // The link of a descriptor leads to the file itself, though it has no name any more.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(descriptor.FullName));
    }

    [Fact]
    public void Dispose_ClosesIt()
    {
        var file = SpoolFile.Create(_folder.FullName);
        var before = OpenHere().Count;

        file.Dispose();

        Assert.Equal(OperatingSystem.IsLinux() ? 1 : 0, before);
        Assert.Empty(OpenHere());
    }

    [Fact]
    public async Task Stream_ReadsNoFurtherThanTheBody()
    {
        using var file = SpoolFile.Create(_folder.FullName);
        await file.WriteAsync("body and more"u8.ToArray(), 0, TestContext.Current.CancellationToken);
        await using var stream = new SpoolStream(file, 4);
        using var copy = new MemoryStream();

        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);

        Assert.Equal("body"u8.ToArray(), copy.ToArray());
        Assert.Equal((4, 4), (stream.Length, stream.Position));
    }

    /// <summary>The descriptors of this process that lead into the folder.</summary>
    private List<FileInfo> OpenHere() => !OperatingSystem.IsLinux() ? [] :
    [
        .. Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd"))
            .Select(path => new FileInfo(path))
            .Where(link => link.LinkTarget?.StartsWith(_folder.FullName + "/", StringComparison.Ordinal) == true),
    ];
}
