using SigningProxy.Catalog.Validation;

namespace SigningProxy.Tests.Catalog.Validation;

public sealed class DidYouMeanTests
{
    private static readonly string[] Known = ["AccessKey", "AssumeRole", "RolesAnywhere", "region", "roleArn"];

    [Theory]
    [InlineData("Accesskey", "AccessKey")]
    [InlineData("AcessKey", "AccessKey")]
    [InlineData("AsumeRole", "AssumeRole")]
    [InlineData("RoleAnywhere", "RolesAnywhere")]
    [InlineData("regoin", "region")]
    [InlineData("rolearn", "roleArn")]
    public void Of_WhenAWordIsNear_NamesIt(string written, string meant) => Assert.Equal($"Did you mean \"{meant}\"? ", DidYouMean.Of(written, Known));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("password")]
    public void Of_WhenNoneIsNear_IsSilent(string written) => Assert.Equal("", DidYouMean.Of(written, Known));

    [Fact]
    public void Of_WhenGiantWord_DoesNotMeasureIt() => Assert.Equal("", DidYouMean.Of(new string('a', 1_000_000), [new string('a', 1_000_000)]));

    [Fact]
    public void Of_WhenNothingIsKnown_IsSilent() => Assert.Equal("", DidYouMean.Of("region", []));
}
