using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class SigningSettingsTests
{
    [Theory]
    [InlineData("s3")]
    [InlineData("s3express")]
    [InlineData("s3-object-lambda")]
    [InlineData("s3-outposts")]
    public void ForService_WhenOfTheS3Family_EncodesOnceAndKeepsThePath(string service) =>
        Assert.Equal(
            new SigningSettings(PathEncoding.Once, PathNormalization.Off, ContentSha256Header.On, SessionTokenMode.Signed, PayloadHash.Unsigned),
            SigningSettings.ForService(service));

    [Theory]
    [InlineData("dynamodb")]
    [InlineData("execute-api")]
    [InlineData("s3tables")]
    [InlineData("S3")]
    public void ForService_WhenAnyOther_EncodesTwiceAndNormalizes(string service) =>
        Assert.Equal(
            new SigningSettings(PathEncoding.Twice, PathNormalization.On, ContentSha256Header.On, SessionTokenMode.Signed, PayloadHash.Empty),
            SigningSettings.ForService(service));

    [Fact]
    public void ForService_WhenIotDeviceGateway_AddsTheTokenAfterwards() =>
        Assert.Equal(
            new SigningSettings(SessionTokenMode: SessionTokenMode.After),
            SigningSettings.ForService("iotdevicegateway"));
}
