using System.IO.Compression;
using System.Text;
using SigningProxy.Exchange.Importing;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Tests.Exchange;

/// <summary>What is made to do harm is refused, and the words name the file, the rule and the mend.</summary>
public sealed class HostileMetadataTests : IDisposable
{
    private const string Good = "<ExternalCredential><authenticationProtocol>AwsSv4</authenticationProtocol><label>E</label></ExternalCredential>";
    private const string File = "E.externalCredential-meta.xml";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("metadata-");

    public static TheoryData<string, byte[]> Texts() => new()
    {
        { "a document type, in which entities can be declared", Utf8("<!DOCTYPE x [<!ENTITY a 'b'>]>" + Good.Replace(">E<", ">&a;<", StringComparison.Ordinal)) },
        { "a document type, in which entities can be declared", Utf8("<!DOCTYPE x SYSTEM 'file:///etc/passwd'>" + Good) },
        { "not well-formed XML in line 1", Utf8(Good.Replace(">E<", ">&gone;<", StringComparison.Ordinal)) },
        { "not well-formed XML in line 1", Utf8(Good[..^3]) },
        { "not well-formed XML in line 1", [] },
        { "not well-formed XML in line 1", Utf8(Good.Replace(">E<", ">&#0;<", StringComparison.Ordinal)) },
        { "its elements nest deeper than 16", Utf8("<ExternalCredential>" + string.Concat(Enumerable.Repeat("<a>", 100_000))) },
        { "its root element is not ExternalCredential", Utf8("<html/>") },
        { "its root element is not ExternalCredential", Utf8("<ExternalCredential xmlns='urn:other'/>") },
        { "it is not text in UTF-8", Encoding.Latin1.GetBytes(Good.Replace(">E<", ">\u00e9<", StringComparison.Ordinal)) },
        { "it is not text in UTF-8", [0xff, 0xfe, .. Encoding.Unicode.GetBytes(Good)] },
        { "not well-formed XML in line 1", Encoding.BigEndianUnicode.GetBytes(Good) },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_ThatIsNoneOfTheOriginals_IsRefused(string rule, byte[] text) => Refused(File, rule, () => new OriginalFiles().Add(File, text).Import());

    [Fact]
    public void Text_OfMillionsOfElements_LeavesOneOfEachName()
    {
        var text = Good.Replace("</label>", "</label>" + string.Concat(Enumerable.Repeat("<a>b</a><externalCredentialParameters/>", 200_000)), StringComparison.Ordinal);

        Assert.Equal(4, MetadataXml.Read(new MetadataFile(File, MetadataKind.ExternalCredential, "E", Utf8(text))).Elements.Count);
    }

    [Fact]
    public void Text_WithWhatXmlAllows_IsRead()
    {
        var text = "\uFEFF<?xml version='1.0' encoding='ISO-8859-1'?><!-- a --><?pi b?>" + Good.Replace(">E<", "><![CDATA[a < b]]> &amp; &#x63;<", StringComparison.Ordinal);

        Assert.Contains("label: \"a < b & c\"", OriginalFiles.Yaml(new OriginalFiles().Add(File, text).Import().Catalog), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../" + File, "an entry leads out of the archive")]
    [InlineData("a/../../" + File, "an entry leads out of the archive")]
    [InlineData("/etc/" + File, "an entry leads out of the archive")]
    [InlineData("C:/" + File, "an entry leads out of the archive")]
    [InlineData("a\\..\\" + File, "an entry leads out of the archive")]
    [InlineData("../readme.txt", "an entry leads out of the archive")]
    public void Archive_WithAPathThatLeadsOut_IsRefused(string name, string rule) => Refused(name, rule, () => MetadataImport.Of(Archive((name, Utf8(Good), 0)), "a.zip"));

    [Theory]
    [InlineData(0xA1FF)]
    [InlineData(0x21B6)]
    public void Archive_WithALinkOrDevice_IsRefused(int mode) =>
        Refused(File, "an entry is a link or a device", () => MetadataImport.Of(Archive((File, Utf8("/etc/passwd"), mode << 16)), "a.zip"));

    [Fact]
    public void Archive_WithFoldersWithoutEnd_IsRefused() =>
        Refused("a.zip", "folders nest deeper than 32", () => MetadataImport.Of(Archive((string.Concat(Enumerable.Repeat("a/", 40)) + File, Utf8(Good), 0)), "a.zip"));

    [Fact]
    public void Archive_WhoseEntryGrowsTooLong_IsRefused() =>
        Refused(File, "it has more than 10 MiB", () => MetadataImport.Of(Archive((File, Noise(11 * 1024 * 1024), 0)), "a.zip"));

    [Fact]
    public void Archive_WhoseEntryGrowsOutOfNothing_IsRefused() =>
        Refused(File, "it is more than 200 times as long as it lies in the archive", () => MetadataImport.Of(Archive((File, new byte[9 * 1024 * 1024], 0)), "a.zip"));

    [Fact]
    public void Archive_WhoseEntriesTogetherAreTooLong_IsRefused()
    {
        // Half noise, so that none of them is refused by itself.
        byte[] content = [.. Noise(512 * 1024), .. new byte[8 * 1024 * 1024]];

        Refused("E11", "more than 100 MiB were to be read", () => MetadataImport.Of(Archive([.. Enumerable.Range(0, 13).Select(i => ($"E{i}.externalCredential", content, 0))]), "a.zip"));
    }

    [Fact]
    public void Archive_WithTooManyEntries_IsRefused() =>
        Refused("a.zip", "it holds more than 10000 files", () => MetadataImport.Of(Archive([.. Enumerable.Range(0, 10_001).Select(i => ($"{i}.txt", Array.Empty<byte>(), 0))]), "a.zip"));

    [Fact]
    public void Archive_OfMoreEntriesThanItTells_IsRefusedBeforeItIsOpened()
    {
        var lies = new MemoryStream();
        for (var i = 0; i < 1_000_000; i++)
        {
            lies.Write("PK\u0001\u0002"u8);
            lies.Write(new byte[42]);
        }
        lies.Write("PK\u0005\u0006"u8);
        lies.Write(new byte[18]);
        lies.Position = 0;

        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused("a.zip", "it holds more than 10000 files", () => MetadataImport.Of(lies, "a.zip"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024 * 1024);
    }

    [Fact]
    public void Archive_LongerThanIsRead_IsRefused() =>
        Refused("a.zip", "it has more than 50 MiB", () => MetadataImport.Of(new MemoryStream(new byte[(50 * 1024 * 1024) + 1]), "a.zip"));

    [Fact]
    public void Archive_ThatLiesAboutALength_IsRefused()
    {
        var archive = Archive((File, Noise(300 * 1024), 0)).ToArray();
        // The length in the central directory, which the reader believes.
        var directory = archive.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(archive.AsSpan(directory + 24), 10);

        Refused("a.zip", "", () => MetadataImport.Of(new MemoryStream(archive), "a.zip"));
    }

    [Theory]
    [InlineData("PK\u0003\u0004 and nothing of an archive after it")]
    [InlineData("PK\u0005\u0006")]
    [InlineData("")]
    [InlineData("no archive")]
    public void Archive_ThatIsNone_IsRefused(string text) => Refused("a.zip", "no zip archive", () => MetadataImport.Of(new MemoryStream(Utf8(text)), "a.zip"));

    [Fact]
    public void Archive_OfOneInAnother_IsNotUnpacked() =>
        Refused("a.zip", "it holds no *.externalCredential", () => MetadataImport.Of(Archive(("inner.zip", Archive((File, Utf8(Good), 0)).ToArray(), 0)), "a.zip"));

    [Fact]
    public void Archive_OfTheOlderFormat_IsRead_AndTheFindersOwnFilesAreNot() => Assert.Contains(
        "- name: E\n",
        OriginalFiles.Yaml(MetadataImport.Of(Archive(("unpackaged/package.xml", Utf8("<Package/>"), 0), ("unpackaged/externalCredentials/", [], 0x41ED << 16), ("unpackaged/externalCredentials/E.externalCredential", Utf8(Good), 0x81A4 << 16), ("__MACOSX/._E.externalCredential", [1], 0)), "a.zip").Catalog),
        StringComparison.Ordinal);

    [Fact]
    public void Folder_WithNothingOfUse_OrTooMuch_IsRefused()
    {
        Refused(_folder.FullName, "it holds no *.externalCredential", () => MetadataImport.Of(_folder.FullName));
        Write("a/b.txt", []);
        Refused("b.txt", "neither a zip archive nor called as", () => MetadataImport.Of(Path.Combine(_folder.FullName, "a", "b.txt")));
        Refused("gone", "it cannot be read", () => MetadataImport.Of(Path.Combine(_folder.FullName, "gone")));
        Write(File, Noise(11 * 1024 * 1024));
        Refused(File, "it has more than 10 MiB", () => MetadataImport.Of(_folder.FullName));
    }

    [Fact]
    public void Folder_WithOneEntryTwice_IsRefused()
    {
        Write("one/" + File, Utf8(Good));
        Write("two/e.externalCredential", Utf8(Good));

        Refused("two", "is the same externalCredential", () => MetadataImport.Of(_folder.FullName));
    }

    [Fact]
    public void Folder_WithLinkedAndHiddenFolders_DoesNotEnterThem()
    {
        Write(File, Utf8(Good));
        Write(".sfdx/" + File, Utf8(Good));
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "circle"), _folder.FullName);

        Assert.Contains("- name: E\n", OriginalFiles.Yaml(MetadataImport.Of(_folder.FullName).Catalog), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Refused(string file, string rule, Action import)
    {
        var refused = Assert.Throws<MetadataException>(import);
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Contains(rule, refused.Message, StringComparison.Ordinal);
        Assert.Matches(@"\. [A-Z].*\.\z", refused.Message);
    }

    private static MemoryStream Archive(params (string Name, byte[] Content, int Attributes)[] entries)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content, attributes) in entries)
            {
                var entry = archive.CreateEntry(name);
                entry.ExternalAttributes = attributes;
                using var to = entry.Open();
                to.Write(content);
            }
        }
        stream.Position = 0;
        return stream;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(1).NextBytes(noise);
        return noise;
    }

    private void Write(string path, byte[] bytes)
    {
        var full = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllBytes(full, bytes);
    }
}
