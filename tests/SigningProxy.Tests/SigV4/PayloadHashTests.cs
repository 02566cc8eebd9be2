using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class PayloadHashTests
{
    private const string OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string OfWelcome = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";

    [Fact]
    public void Of_GivesTheDocumentedHashes()
    {
        Assert.Equal(OfNothing, PayloadHash.Of([]).Value);
        Assert.Equal(OfWelcome, PayloadHash.Of("Welcome to Amazon S3."u8).Value);
    }

    [Fact]
    public void FromHash_IsWrittenInLowerCase() =>
        Assert.Equal(OfWelcome, PayloadHash.FromHash(Convert.FromHexString(OfWelcome)).Value);

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void FromHash_WhenNot32BytesLong_Refuses(int length) =>
        Assert.Throws<ArgumentException>("sha256", () => PayloadHash.FromHash(new byte[length]));

    [Fact]
    public void TryParse_ReadsEitherCase()
    {
        Assert.True(PayloadHash.TryParse(OfWelcome.ToUpperInvariant(), out var hash));
        Assert.Equal(OfWelcome, hash.Value);
        Assert.Equal(PayloadHash.Of("Welcome to Amazon S3."u8), hash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("UNSIGNED-PAYLOAD")]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555")]
    [InlineData("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(" 3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("٣3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void TryParse_WhenNot64HexDigits_IsFalse(string text) =>
        Assert.False(PayloadHash.TryParse(text, out _));

    [Fact]
    public void Default_IsTheEmptyOne()
    {
        Assert.Equal(PayloadHash.Empty, default);
        Assert.Equal(PayloadHash.Empty.GetHashCode(), default(PayloadHash).GetHashCode());
        Assert.Equal(OfNothing, default(PayloadHash).Value);
        Assert.NotEqual(PayloadHash.Empty, PayloadHash.Unsigned);
    }

    [Fact]
    public void Text_IsTheValue()
    {
        Assert.Equal("UNSIGNED-PAYLOAD", PayloadHash.Unsigned.ToString());
        Assert.Equal(OfNothing, $"{PayloadHash.Empty}");
    }
}
