using System.IO.Pipelines;

namespace SigningProxy.Bodies;

/// <summary>The reading of a body as it comes. Whatever ends it before its end is told as one thing, however the server tells it.</summary>
internal static class CallerBody
{
    /// <exception cref="CallerBodyException">It broke off.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async ValueTask<ReadResult> ReadAsync(PipeReader body, CancellationToken cancellation = default)
    {
        try
        {
            return await body.ReadAsync(cancellation);
        }
        catch (Exception e) when (IsEnd(e) && !(e is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            throw new CallerBodyException(e);
        }
    }

    /// <exception cref="CallerBodyException">It broke off.</exception>
    public static void AdvanceTo(PipeReader body, SequencePosition consumed)
    {
        try
        {
            body.AdvanceTo(consumed);
        }
        catch (Exception e) when (IsEnd(e))
        {
            throw new CallerBodyException(e);
        }
    }

    /// <summary>Ends the wait for more of it. Where it has broken off, nobody waits.</summary>
    public static void Stop(PipeReader body)
    {
        try
        {
            body.CancelPendingRead();
        }
        catch (Exception e) when (IsEnd(e))
        {
            // Whoever reads is told by the reading.
        }
    }

    private static bool IsEnd(Exception e) => e is IOException or OperationCanceledException or InvalidOperationException;
}
