using FsCheck;
using FsCheck.Xunit;
using SigningProxy.Sessions;

namespace SigningProxy.Tests.Sessions;

public sealed class RefreshScheduleTests
{
    private static readonly DateTimeOffset Obtained = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2, 0.5, 0.6, 0.2)]
    [InlineData(20, 5, 6, 2)]
    [InlineData(100, 25, 30, 10)]
    [InlineData(900, 225, 270, 10)]
    [InlineData(3600, 900, 1080, 10)]
    [InlineData(12 * 3600, 900, 1080, 10)]
    public void Margins_OfALifetime_AreThese(double life, double latest, double earliest, double last)
    {
        var expiration = Obtained.AddSeconds(life);

        Assert.Equal(latest, (expiration - RefreshSchedule.DueAt(Obtained, expiration, chance: 0)).TotalSeconds, 3);
        Assert.Equal(earliest, (expiration - RefreshSchedule.DueAt(Obtained, expiration, chance: 1)).TotalSeconds, 3);
        Assert.Equal(last, (expiration - RefreshSchedule.FreshUntil(Obtained, expiration)).TotalSeconds, 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    public void DueAt_OfASessionThatHasEnded_IsWhenItWasObtained(int life)
    {
        Assert.Equal(Obtained, RefreshSchedule.DueAt(Obtained, Obtained.AddSeconds(life), chance: 0));
        Assert.Equal(Obtained, RefreshSchedule.FreshUntil(Obtained, Obtained.AddSeconds(life)));
    }

    [Property(MaxTest = 1000)]
    public void DueAt_IsNeverBeforeItWasObtainedAndLeavesTimeBeforeTheEnd(PositiveInt milliseconds, NonNegativeInt chance)
    {
        var expiration = Obtained.AddMilliseconds(milliseconds.Get);

        var due = RefreshSchedule.DueAt(Obtained, expiration, Share(chance));

        Assert.True(due >= Obtained && due < expiration);
        Assert.True(due <= RefreshSchedule.FreshUntil(Obtained, expiration), "It is due before calls stop taking it.");
        Assert.InRange(RefreshSchedule.FreshUntil(Obtained, expiration), Obtained, expiration);
    }

    [Property(MaxTest = 1000)]
    public void DueAt_WithMoreChance_IsEarlierByAFifthOfTheMarginAtMost(PositiveInt milliseconds, NonNegativeInt chance)
    {
        var expiration = Obtained.AddMilliseconds(milliseconds.Get);
        var (latest, due, earliest) = (
            RefreshSchedule.DueAt(Obtained, expiration, 0), RefreshSchedule.DueAt(Obtained, expiration, Share(chance)), RefreshSchedule.DueAt(Obtained, expiration, 1));

        Assert.InRange(due, earliest, latest);
        Assert.InRange((latest - earliest).Ticks, 0, ((expiration - latest).Ticks / 5) + 1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(5, 16)]
    [InlineData(6, 30)]
    [InlineData(7, 30)]
    [InlineData(100_000, 30)]
    public void Backoff_DoublesToTheLongestStep(int failures, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff(failures, chance: 0));
        Assert.Equal(TimeSpan.FromSeconds(seconds) / 2, Backoff(failures, chance: 1));
    }

    [Property(MaxTest = 1000)]
    public void Backoff_WhateverTheFailuresAndTheChance_IsWithinItsBounds(PositiveInt failures, NonNegativeInt chance) =>
        Assert.InRange(Backoff(failures.Get, Share(chance)), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30));

    private static TimeSpan Backoff(int failures, double chance) => RefreshSchedule.Backoff(failures, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), chance);

    private static double Share(NonNegativeInt chance) => chance.Get % 1001 / 1000.0;
}
