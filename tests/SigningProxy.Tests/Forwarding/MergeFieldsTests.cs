using SigningProxy.Callers;
using SigningProxy.Forwarding;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Forwarding;

public sealed class MergeFieldsTests
{
    [Theory]
    [InlineData("as it stands, {!Caller.Name}", "as it stands, {!Caller.Name}")]
    [InlineData("{!$Caller.Name}", "a%20caller%0D%0AX:%20y")]
    [InlineData("{!$NamedCredential.Name}", "N")]
    [InlineData("{!$Principal.Name}", "Gr%C3%BC%C3%9Fe%20%7F%00")]
    [InlineData("by={!$NamedCredential.Name};{!$NamedCredential.Name}", "by=N;N")]
    [InlineData("{!$Nothing.Name}", "{!$Nothing.Name}")]
    [InlineData("{!$caller.name}", "{!$caller.name}")]
    [InlineData("100% {!$NamedCredential.Name}", "100%%20N")]
    public void Fill_EncodesWhatIsNotVisibleAscii(string value, string expected) => Assert.Equal(
        expected,
        MergeFields.Fill(
            value, new Caller("a caller\r\nX: y"), Declared.NamedCredential("N", Declared.ExternalCredential("E")), Declared.Principal("Gr\u00fc\u00dfe \u007f\0", 1)));
}
