using System.Diagnostics;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>Waits for what is seen from outside, and no longer than is sensible.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);

    /// <summary>Ends with the test, or when a test has gone on for longer than is sensible.</summary>
    public static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return limit;
    }

    /// <param name="holds">Asked again and again until it holds.</param>
    /// <param name="what">What is waited for, for the failure.</param>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        for (var started = Stopwatch.GetTimestamp(); !await holds();)
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"It did not come to be within {Patience.TotalSeconds} s that {what}.");
            await Task.Delay(Between);
        }
    }

    public static Task UntilAsync(Func<bool> holds, string what) => UntilAsync(() => Task.FromResult(holds()), what);
}
