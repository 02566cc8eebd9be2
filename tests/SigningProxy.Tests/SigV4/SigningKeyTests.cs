using System.Security.Cryptography;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class SigningKeyTests
{
    private static readonly string[] Texts = ["anything", "anything", "", "another"];

    // AWS General Reference, "Examples of how to derive a signing key".
    [Theory]
    [InlineData("20120215", "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d")]
    [InlineData("20150830", "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9")]
    public void Derive_GivesTheDocumentedKey(string date, string key)
    {
        using var derived = SigningKey.Derive(
            System.Text.Encoding.ASCII.GetBytes(PlainRequest.SuiteSecret),
            System.Text.Encoding.ASCII.GetBytes(date),
            new CredentialScope("us-east-1", "iam"));

        // Again and again, since a key that is used again is used in another way.
        var signature = new byte[32];
        foreach (var text in Texts.Select(System.Text.Encoding.ASCII.GetBytes))
        {
            derived.Sign(text, signature);

            Assert.Equal(HMACSHA256.HashData(Convert.FromHexString(key), text), signature);
        }
    }

    [Fact]
    public void Sign_AfterDispose_IsWorthNothing()
    {
        var scope = new CredentialScope("us-east-1", "iam");
        using var whole = SigningKey.Derive("secret"u8, "20150830"u8, scope);
        var (expected, signature) = (new byte[32], new byte[32]);
        whole.Sign("anything"u8, expected);

        for (var uses = 0; uses < 4; uses++)
        {
            var derived = SigningKey.Derive("secret"u8, "20150830"u8, scope);
            for (var i = 0; i < uses; i++)
                derived.Sign("anything"u8, signature);
            derived.Dispose();
            for (var i = 0; i < 5; i++)
            {
                derived.Sign("anything"u8, signature);
                Assert.NotEqual(expected, signature);
            }
        }
    }
}
