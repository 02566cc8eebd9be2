using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class ReadmeTests
{
    /// <summary>The example of AWS's own documentation, "Signing AWS requests with Signature Version 4".</summary>
    [Fact]
    public void Example_WhenRun_GivesTheDocumentedSignature()
    {
        using var credentials = new SessionCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        var request = new SigningRequest
        {
            Method = "GET",
            Path = "/",
            Query = "Action=ListUsers&Version=2010-05-08",
            Headers = [new("Host", "iam.amazonaws.com"), new("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
        };
        var settings = SigningSettings.ForService("iam") with { ContentSha256Header = ContentSha256Header.Off };
        var signature = SigV4Signer.Sign(request, credentials, new("us-east-1", "iam"), new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero), settings);

        Assert.Equal("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", signature.Signature);
    }

    [Fact]
    public void Example_InTheReadme_IsTheOneThatRunsHere()
    {
        var readme = File.ReadAllText(RepositoryRoot.Find("src", "SigningProxy.SigV4", "README.md"));
        var example = readme.Split("```")[1]["csharp\n".Length..];

        Assert.All(example.TrimEnd().Split('\n'), line => Assert.Contains(line.Trim(), Source(), StringComparison.Ordinal));
    }

    private static string Source() => File.ReadAllText(RepositoryRoot.Find("tests", "SigningProxy.Tests", "SigV4", "ReadmeTests.cs"));
}
