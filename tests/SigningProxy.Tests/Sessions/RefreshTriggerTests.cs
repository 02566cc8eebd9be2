using SigningProxy.Sessions;

namespace SigningProxy.Tests.Sessions;

public sealed class RefreshTriggerTests
{
    [Theory]
    [InlineData(401, RefreshReason.Unauthorized)]
    [InlineData(419, RefreshReason.ListedStatus)]
    [InlineData(600, RefreshReason.ListedStatus)]
    [InlineData(200, null)]
    [InlineData(400, null)]
    [InlineData(403, null)]
    [InlineData(404, null)]
    [InlineData(418, null)]
    [InlineData(500, null)]
    public void OfStatus_When401OrListed_AsksForOtherCredentials(int status, object? reason) =>
        Assert.Equal((RefreshReason?)reason, RefreshTrigger.OfStatus(status, [419, 600]));

    [Fact]
    public void OfStatus_When401IsListedToo_SaysUnauthorized() => Assert.Equal(RefreshReason.Unauthorized, RefreshTrigger.OfStatus(401, [401]));

    [Fact]
    public void OfStatus_WhenNothingIsListed_Is401Alone() =>
        Assert.Equal([401], Enumerable.Range(100, 900).Where(status => RefreshTrigger.OfStatus(status, []) is not null));

    [Fact]
    public void MayHaveCode_Is400And403Alone() => Assert.Equal([400, 403], Enumerable.Range(100, 900).Where(RefreshTrigger.MayHaveCode));

    [Theory]
    [InlineData("ExpiredToken", true)]
    [InlineData("ExpiredTokenException", true)]
    [InlineData("InvalidToken", true)]
    [InlineData("UnrecognizedClientException", true)]
    [InlineData("InvalidClientTokenId", true)]
    [InlineData("expiredtoken", false)]
    [InlineData("AccessDenied", false)]
    [InlineData("AccessDeniedException", false)]
    [InlineData("InvalidSignatureException", false)]
    [InlineData("ExpiredTokenExceptions", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void OfCode_WhenTheTokenIsAtFault_AsksForOtherCredentials(string? code, bool refreshes) =>
        Assert.Equal(refreshes ? RefreshReason.TokenRefused : null, RefreshTrigger.OfCode(code));

    [Theory]
    [InlineData("RequestTimeTooSkewed", true)]
    [InlineData("RequestExpired", true)]
    [InlineData("RequestInTheFuture", true)]
    [InlineData("InvalidSignatureException", true)]
    [InlineData("SignatureDoesNotMatch", true)]
    [InlineData("ExpiredToken", false)]
    [InlineData("AccessDenied", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void MeansClock_WhenTheTimeMayBeAtFault_SaysSo(string? code, bool means) => Assert.Equal(means, RefreshTrigger.MeansClock(code));
}
