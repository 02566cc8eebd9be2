using SigningProxy.Callers.Proofs;

namespace SigningProxy.Tests.Callers;

public sealed class SubjectNamesTests
{
    [Theory]
    [InlineData("3000")]
    // DNS "a.b", then URI "x:y".
    [InlineData("300a8203612e628603783a79", "Dns a.b", "Uri x:y")]
    // An e-mail address, an IP address and a directory name are passed by.
    [InlineData("3012810361406287047f000001a4028000820161", "Dns a")]
    public void Of_TakesUrisAndDnsNamesInTheirOrder(string extension, params string[] expected) =>
        Assert.Equal(expected, SubjectNames.Of(Convert.FromHexString(extension))!.Select(n => $"{n.Part} {n.Value}"));

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3005820161")]
    [InlineData("3082ffff820161")]
    [InlineData("0401ff")]
    // Another name is good before what is not.
    [InlineData("300682016182056162")]
    // A byte that is not ASCII.
    [InlineData("300382 01e9")]
    // Something behind the sequence.
    [InlineData("30038201610500")]
    public void Of_WhenItCannotBeRead_IsNone(string extension) => Assert.Null(SubjectNames.Of(Convert.FromHexString(extension.Replace(" ", "", StringComparison.Ordinal))));
}
