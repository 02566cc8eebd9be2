using SigningProxy.Callouts;
using SigningProxy.Destinations;
using Yarp.ReverseProxy.Forwarder;

namespace SigningProxy.Forwarding;

/// <summary>Sends a request of the catalog's over our own connections, and its answer back as it comes.</summary>
internal sealed class DirectForwarder(SignedExchange exchange, FailedForwarding failed)
{
    private const int LeastRead = 4 * 1024;

    /// <summary>How long the sending of a request may go on once the whole answer is there: the last write may be told of later than the answer to it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    public async Task SendAsync(HttpContext context, Destination destination, DestinationPool pool)
    {
        DestinationAnswer? answer = null;
        try
        {
            var times = context.Features.Get<CallTimes>();
            var intent = OutboundIntent.Of(context, destination, withAddress: false);
            times?.Begin(CallStep.Destination);
            answer = (DestinationAnswer)await exchange.SendAsync(intent, pool, context.RequestAborted);
            times?.End(CallStep.Destination);
            AnswerHeaders.Put(answer.Head, context);
            if (intent.Replay is { } replay)
                context.Response.Headers[ReplayHeader.Name] = ReplayHeader.Word(replay);
            if (intent.Body?.Held is { } held && answer.Sending.IsCompletedSuccessfully)
                await held.DisposeAsync();
            await PassAsync(answer, context);
        }
        catch (Exception e) when (e is not BadHttpRequestException)
        {
            // Half an answer is none: whoever has its head is to see that the rest does not come.
            if (context.Response.HasStarted)
                context.Abort();
            await failed.AnswerAsync(context, ErrorOf(e), e);
        }
        finally
        {
            if (answer is not null)
                await EndAsync(answer);
        }
    }

    /// <summary>Passes the body on. What has come is with the caller before anything more is waited for.</summary>
    private static async Task PassAsync(DestinationAnswer answer, HttpContext context)
    {
        var to = context.Response.BodyWriter;
        while (!answer.IsOver)
        {
            if (!answer.HasMore && (await to.FlushAsync()).IsCompleted)
                throw new OperationCanceledException();
            to.Advance(await answer.ReadAsync(to.GetMemory(LeastRead)));
        }
        // The end of chunks is yet to come, and takes along what has not been passed on.
        if (answer.ContentLength is not null)
            await to.FlushAsync();
        if (answer.Trailers is { } trailers && context.Response.SupportsTrailers())
        {
            foreach (var (name, value) in trailers.Where(t => !OutboundHeaders.IsOurs(t.Name)))
                context.Response.AppendTrailer(name, value);
        }
    }

    /// <summary>Whoever sends the body has done with it when this ends, whether it was wanted or not.</summary>
    private static async ValueTask EndAsync(DestinationAnswer answer)
    {
        if (answer.IsOver && !answer.Sending.IsCompleted)
            await answer.Sending.WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        answer.Dispose();
        if (!answer.Sending.IsCompletedSuccessfully)
            await answer.Sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static ForwarderError ErrorOf(Exception e) => e switch
    {
        TimeoutException => ForwarderError.RequestTimedOut,
        CallerBodyException => ForwarderError.RequestBodyClient,
        OperationCanceledException => ForwarderError.RequestCanceled,
        SigningException or UnsendableException => ForwarderError.RequestCreation,
        _ => ForwarderError.Request,
    };
}
