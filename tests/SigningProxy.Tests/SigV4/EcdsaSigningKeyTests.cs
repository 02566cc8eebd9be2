using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class EcdsaSigningKeyTests
{
    private const string OrderLessTwo = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f";

    // aws-c-auth's tests, "derived in synchronicity with Golang and IAM implementations", and its SigV4A suite's public key.
    [Theory]
    [InlineData(
        "AKISORANDOMAASORANDOM", "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom",
        "15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb", "0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0",
        "7fd3bd010c0d9c292141c2b77bfbde1042c92e6836fff749d1269ec890fca1bd")]
    [InlineData(
        PlainRequest.SuiteKeyId, PlainRequest.SuiteSecret,
        "b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1", "865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518")]
    public void Derive_GivesThePublishedKeys(string keyId, string secret, string x, string y, string? d = null)
    {
        using var key = EcdsaSigningKey.Derive(keyId, Encoding.ASCII.GetBytes(secret));
        var parameters = key.ExportParameters(includePrivateParameters: true);

        Assert.Equal(x, Convert.ToHexStringLower(parameters.Q.X!));
        Assert.Equal(y, Convert.ToHexStringLower(parameters.Q.Y!));
        if (d is not null)
            Assert.Equal(d, Convert.ToHexStringLower(parameters.D!));
    }

    [Theory]
    [InlineData("01", "7f")]
    [InlineData("80", "ff00")]
    [InlineData("00ff", "0100")]
    [InlineData("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "80ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void WriteDer_WritesWhatTheLibraryWould(string one, string other)
    {
        byte[] numbers = [.. Convert.FromHexString(one.PadLeft(64, '0')), .. Convert.FromHexString(other.PadLeft(64, '0'))];
        var expected = new AsnWriter(AsnEncodingRules.DER);
        using (expected.PushSequence())
        {
            expected.WriteInteger(new BigInteger(numbers.AsSpan(0, 32), isUnsigned: true, isBigEndian: true));
            expected.WriteInteger(new BigInteger(numbers.AsSpan(32), isUnsigned: true, isBigEndian: true));
        }
        var signature = new byte[EcdsaSigningKey.MaximumSignatureLength];

        Assert.Equal(Convert.ToHexString(expected.Encode()), Convert.ToHexString(signature, 0, EcdsaSigningKey.WriteDer(numbers, signature)));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("00000000000000000000000000000000000000000000000000000000ffffffff", "0000000000000000000000000000000000000000000000000000000100000000")]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc6324ff", "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632500")]
    [InlineData(OrderLessTwo, "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550")]
    public void TryAddOne_WhenInRange_AddsOne(string candidate, string key)
    {
        var bytes = Convert.FromHexString(candidate);
        Assert.True(EcdsaSigningKey.TryAddOne(bytes));
        Assert.Equal(key, Convert.ToHexStringLower(bytes));
    }

    [Theory]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550")]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632600")]
    [InlineData("ffffffff00000001000000000000000000000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void TryAddOne_WhenTooLarge_LeavesIt(string candidate)
    {
        var bytes = Convert.FromHexString(candidate);
        Assert.False(EcdsaSigningKey.TryAddOne(bytes));
        Assert.Equal(candidate, Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void MaximumSignatureLength_IsTheKeysOwn()
    {
        using var key = EcdsaSigningKey.Derive("id", "secret"u8);
        Assert.Equal(EcdsaSigningKey.MaximumSignatureLength, key.GetMaxSignatureSize(DSASignatureFormat.Rfc3279DerSequence));
    }
}
