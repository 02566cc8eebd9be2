using System.Reflection;

namespace SigningProxy.Tests;

public sealed class HouseTests
{
    [Fact]
    public void Signer_ReferencesTheBaseClassLibraryAlone() =>
        Assert.Empty(HousePlan.Foreign(Assembly.Load("SigningProxy.SigV4")));

    [Fact]
    public void LocalAws_DoesNotReferenceTheSigner() =>
        Assert.DoesNotContain("SigningProxy.SigV4", HousePlan.References(Assembly.Load("local-aws")));

    [Fact]
    public void Rooms_NameOnlyRoomsBelowThem()
    {
        var source = Path.Combine(Root(), "src", "SigningProxy");
        var files = (string[])[.. Directory.GetFiles(source, "*.cs", SearchOption.AllDirectories), .. Directory.GetFiles(source, "*.cshtml", SearchOption.AllDirectories)];

        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(file => HousePlan.Trespasses(Path.GetRelativePath(source, file), File.ReadAllText(file))));
    }

    [Theory]
    [InlineData("Access/A.cs", "using SigningProxy.Callers;\nusing SigningProxy.SigV4;\nusing Microsoft.Extensions.Configuration;")]
    [InlineData("Forwarding/Deep/A.cs", "using Yarp.ReverseProxy;\nSessions.Cache c; snapshot.Configuration.Read(); // Operations. Next")]
    [InlineData("Program.cs", "using SigningProxy.Cli;\nConfiguration.Load();")]
    public void Trespasses_WhenARoomKeepsToThePlan_AreNone(string file, string source) => Assert.Empty(HousePlan.Trespasses(file, source));

    [Theory]
    [InlineData("Access/A.cs", "using SigningProxy.Sessions;", "Access may not name Sessions")]
    [InlineData("Access/A.cs", "using Cache = SigningProxy.Sessions.Cache;", "Access may not name Sessions")]
    [InlineData("Access/A.cs", "new Sessions.Cache()", "Access may not name Sessions")]
    [InlineData("Catalog/A.cs", "/// <see cref=\"Callers.Caller\"/>", "Catalog may not name Callers")]
    [InlineData("Sessions/A.cs", "using Yarp.ReverseProxy;", "Sessions may not name Yarp")]
    [InlineData("Program.cs", "Yarp.ReverseProxy.Model m;", "Cli may not name Yarp")]
    [InlineData("Cli/A.cs", "using SigningProxy.Attic;", "Attic is not in the table of rooms: add it to HousePlan.Floors")]
    [InlineData("Attic/A.cs", "", "Attic is not in the table of rooms: add it to HousePlan.Floors")]
    [InlineData("Catalog/A.cs", "namespace SigningProxy.Access;", "Catalog may not name Access")]
    public void Trespasses_WhenARoomLeavesThePlan_SayWhere(string file, string source, string expected) =>
        Assert.Contains($"{file}: {expected}", HousePlan.Trespasses(file, source));

    [Fact]
    public void Foreign_WhenAnAssemblyReferencesMore_NamesIt()
    {
        Assert.Contains("xunit.v3.core", HousePlan.Foreign(typeof(HouseTests).Assembly));
        Assert.Contains("SigningProxy.SigV4", HousePlan.References(typeof(HouseTests).Assembly));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SigningProxy.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No SigningProxy.sln above the tests.");
        return folder.FullName;
    }
}
