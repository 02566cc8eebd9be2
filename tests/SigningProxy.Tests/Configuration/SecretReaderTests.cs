using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Configuration;

namespace SigningProxy.Tests.Configuration;

public sealed class SecretReaderTests : IDisposable
{
    private readonly CatalogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("secret", "secret")]
    [InlineData("secret\n", "secret")]
    [InlineData("secret\r\n\n", "secret")]
    [InlineData("\uFEFFsecret", "secret")]
    [InlineData(" secret \n", " secret ")]
    public void Read_WhenAFile_TrimsTheNewlineAtItsEnd(string text, string secret) =>
        Assert.Equal(secret, Read(OfFile(_folder.Write("s", text))).Value!.Reveal());

    [Theory]
    [InlineData("")]
    [InlineData(" \n\n")]
    public void Read_WhenBlank_SaysSo(string text)
    {
        var path = _folder.Write("s", text);
        Assert.Equal($"the file {path} is blank", Read(OfFile(path)).Problem);
        _folder.Environment["E"] = text;
        Assert.Equal("the environment variable E is blank", Read(new(Env: "E", null, null)).Problem);
    }

    [Fact]
    public void Read_WhenThere_IsTheVariablesText()
    {
        _folder.Environment["E"] = "secret";
        Assert.Equal("secret", Read(new(Env: "E", null, null)).Value!.Reveal());
        Assert.Equal("the environment variable F is not set", Read(new(Env: "F", null, null)).Problem);
    }

    [Fact]
    public void Read_WhenNoFile_SaysWhy()
    {
        Assert.Equal($"the file {_folder.Path}/none does not exist", Read(OfFile($"{_folder.Path}/none")).Problem);
        Assert.Equal($"{_folder.Path} is a folder", Read(OfFile(_folder.Path)).Problem);
        var binary = _folder.Write("binary", "");
        File.WriteAllBytes(binary, [0xc3, 0x28]);
        Assert.Equal($"the file {binary} is not text in UTF-8", Read(OfFile(binary)).Problem);
    }

    [Theory]
    [InlineData(SecretReader.MaximumBytes, true)]
    [InlineData(SecretReader.MaximumBytes + 1, false)]
    public void Read_WhenLarge_StopsAtTheBound(int length, bool good)
    {
        var path = _folder.Write("s", new string('x', length));
        Assert.Equal(good ? null : $"the file {path} has more than 64 KiB", Read(OfFile(path)).Problem);
    }

    private static SecretReference OfFile(string path) => new(null, path, null);

    private Reading<Secret> Read(SecretReference reference) => new SecretReader(new CatalogInputs(_folder.Environment.GetValueOrDefault)).Read(reference);
}
