using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Xunit;
using SigningProxy.Sessions;

namespace SigningProxy.Tests.Sessions;

public sealed partial class RoleSessionNameTests
{
    [Theory]
    [InlineData("Reader", "SigningProxy-Reader")]
    [InlineData("a_b+c=d,e.f@g-h", "SigningProxy-a_b+c=d,e.f@g-h")]
    [InlineData("Order reader/2:x", "SigningProxy-Order-reader-2-x")]
    [InlineData("Zoë😀", "SigningProxy-Zo---")]
    [InlineData("١٢", "SigningProxy---")]
    [InlineData("51-characters-are-as-many-as-fit-beside-the-prefix1", "SigningProxy-51-characters-are-as-many-as-fit-beside-the-prefix1")]
    public void Of_APrincipal_IsTheProxysNameAndItsOwn(string principal, string name) => Assert.Equal(name, RoleSessionName.Of(principal));

    [Fact]
    public void Of_ALongPrincipal_IsCutAndEndsInItsDigest()
    {
        // printf 'SigningProxy-%s' "$(printf 'x%.0s' $(seq 52))" | sha256sum
        var name = RoleSessionName.Of(new string('x', 52));

        Assert.Equal($"SigningProxy-{new string('x', 43)}49fdc64c", name);
        Assert.NotEqual(name, RoleSessionName.Of(new string('x', 53)));
        Assert.NotEqual(RoleSessionName.Of(new string('x', 60) + "é"), RoleSessionName.Of(new string('x', 60) + "è"));
    }

    [Property(MaxTest = 500)]
    public void Of_WhateverThePrincipal_IsWhatStsTakes(NonNull<string> principal) => Assert.Matches(Taken(), RoleSessionName.Of(principal.Get));

    [GeneratedRegex("^[A-Za-z0-9_+=,.@-]{2,64}$")]
    private static partial Regex Taken();
}
