using SigningProxy.Catalog;

namespace SigningProxy.Tests.Catalog;

public sealed class CertificateLifeTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 0.75)]
    [InlineData(90, 67.5)]
    [InlineData(120, 90)]
    [InlineData(365, 335)]
    [InlineData(3650, 3620)]
    public void NoticeFrom_IsAtAQuarterOfItsLifeButNoLongerThan30Days(double days, double notice) =>
        Assert.Equal(Begin.AddDays(notice), new CertificateLife(Begin, Begin.AddDays(days)).NoticeFrom);

    [Theory]
    [InlineData(-1, "NotYetValid", "its certificate is not valid before 2026-01-01T00:00:00Z")]
    [InlineData(0, "Good", null)]
    [InlineData(67.4, "Good", null)]
    [InlineData(67.5, "EndsSoon", "its certificate ends in 22 days, at 2026-04-01T00:00:00Z")]
    [InlineData(88.9, "EndsSoon", "its certificate ends in 26 hours, at 2026-04-01T00:00:00Z")]
    [InlineData(89.99, "EndsSoon", "its certificate ends in 0 hours, at 2026-04-01T00:00:00Z")]
    [InlineData(90, "Ended", "its certificate has ended at 2026-04-01T00:00:00Z")]
    public void Problem_TellsHowItStands(double day, string standing, string? problem)
    {
        var life = new CertificateLife(Begin, Begin.AddDays(90));
        Assert.Equal(standing, life.At(Begin.AddDays(day)).ToString());
        Assert.Equal(problem, life.Problem(Begin.AddDays(day)));
    }
}
