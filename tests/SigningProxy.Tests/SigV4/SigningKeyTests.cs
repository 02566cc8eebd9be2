using System.Security.Cryptography;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class SigningKeyTests
{
    // AWS General Reference, "Examples of how to derive a signing key".
    [Theory]
    [InlineData("20120215", "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d")]
    [InlineData("20150830", "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9")]
    public void Derive_GivesTheDocumentedKey(string date, string key)
    {
        var derived = SigningKey.Derive(
            System.Text.Encoding.ASCII.GetBytes(PlainRequest.SuiteSecret),
            System.Text.Encoding.ASCII.GetBytes(date),
            new CredentialScope("us-east-1", "iam"));

        var signature = new byte[32];
        derived.Sign("anything"u8, signature);

        Assert.Equal(HMACSHA256.HashData(Convert.FromHexString(key), "anything"u8), signature);
    }
}
