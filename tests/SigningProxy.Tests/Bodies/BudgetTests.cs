using SigningProxy.Bodies;

namespace SigningProxy.Tests.Bodies;

public sealed class BudgetTests
{
    [Fact]
    public void TryTake_WhenItWouldBeTooMuch_TakesNothing()
    {
        var budget = new Budget(10);

        Assert.True(budget.TryTake(6));
        Assert.False(budget.TryTake(5));
        Assert.True(budget.TryTake(4));
        Assert.False(budget.TryTake(1));
        budget.GiveBack(6);
        Assert.True(budget.TryTake(6));
    }

    [Fact]
    public void TryTake_WhenManyTakeAtOnce_NeverGivesMoreThanThereIs()
    {
        var budget = new Budget(100);
        var held = 0;
        var most = 0;

        Parallel.For(0, 20_000, _ =>
        {
            if (!budget.TryTake(10))
                return;
            var now = Interlocked.Add(ref held, 10);
            for (var seen = most; now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen;)
                seen = most;
            Interlocked.Add(ref held, -10);
            budget.GiveBack(10);
        });

        Assert.InRange(most, 10, 100);
        Assert.True(budget.TryTake(100));
    }
}
