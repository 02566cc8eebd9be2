using SigningProxy.Operations;

namespace SigningProxy.Tests.Operations;

public sealed class OperatorTokenTests : IDisposable
{
    private const string Token = "a-token-of-16-or-more";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(Token, true)]
    [InlineData("a-token-of-16-or-morE", false)]
    [InlineData("a-token-of-16-or-mor", false)]
    [InlineData("a-token-of-16-or-more ", false)]
    [InlineData("a-token-of-16-or-more\n", false)]
    [InlineData("", false)]
    public void Is_ItsOwnTextAlone(string given, bool same)
    {
        File.WriteAllText(_file, $"{Token}\n");

        Assert.Equal(same, OperatorToken.InFile(_file).Is(given));
    }

    [Fact]
    public void InFile_WhenTheFileIsReplaced_IsTheNewOne()
    {
        File.WriteAllText(_file, Token);
        var token = OperatorToken.InFile(_file);
        Assert.True(token.Is(Token));

        File.WriteAllText(_file, "another-token-0000");

        Assert.False(token.Is(Token));
        Assert.True(token.Is("another-token-0000"));
    }

    [Fact]
    public void InFile_WhenTheFileIsGone_IsNoText()
    {
        File.WriteAllText(_file, Token);
        var token = OperatorToken.InFile(_file);
        File.Delete(_file);

        Assert.False(token.Is(Token));
        Assert.False(token.Is(""));
        Assert.Equal("the file does not exist", token.Problem());
    }

    [Theory]
    [InlineData("", "the token is too short")]
    [InlineData("fifteen-letters\n", "the token is too short")]
    [InlineData("two words of a token", "the token has characters that a header cannot carry")]
    [InlineData("a-token\nof-two-lines", "the token has characters that a header cannot carry")]
    [InlineData("a-token-with-\u00e9-in-it", "the token has characters that a header cannot carry")]
    public void Problem_OfATextThatIsNoToken_IsTold_AndItProvesNobody(string text, string problem)
    {
        File.WriteAllText(_file, text);
        var token = OperatorToken.InFile(_file);

        Assert.Equal(problem, token.Problem());
        Assert.False(token.Is(text.TrimEnd()));
    }

    [Fact]
    public void Problem_OfAFileOverTheLimit_IsTold()
    {
        File.WriteAllText(_file, new string('a', 4097));

        Assert.Equal("the file has more than 4096 bytes", OperatorToken.InFile(_file).Problem());
    }

    [Fact]
    public void InVariable_WhenItIsNotSet_ProvesNobody()
    {
        var token = OperatorToken.InVariable($"NOT_SET_{Guid.NewGuid():N}");

        Assert.Equal("the variable is not set", token.Problem());
        Assert.False(token.Is(""));
    }
}
