using System.Net.Sockets;
using System.Security.Authentication;
using SigningProxy.Bodies;
using SigningProxy.Callouts;
using SigningProxy.Destinations;
using SigningProxy.Sessions;
using Yarp.ReverseProxy.Forwarder;

namespace SigningProxy.Forwarding;

/// <summary>Sends a request of the catalog's over our own connections, and its answer back as it comes.</summary>
internal sealed class DirectForwarder(SignedExchange exchange, FailedForwarding failed)
{
    private const int LeastRead = 4 * 1024;

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
            if (intent.Body?.Held is { } held)
                _ = ReleaseAsync(held, answer.Sending);
            await PassAsync(answer, context);
        }
        catch (Exception e) when (ErrorOf(e) is not ForwarderError.None and var error)
        {
            // Half an answer is none: whoever has its head is to see that the rest does not come.
            if (context.Response.HasStarted)
                context.Abort();
            else
                context.Response.Clear();
            await failed.AnswerAsync(context, error, e);
        }
        finally
        {
            if (answer is not null)
                await answer.DisposeAsync();
        }
    }

    /// <summary>Gives the room of a held body to others as soon as nobody reads it any more; there is no replay once an answer is passed on.</summary>
    private static async Task ReleaseAsync(BodyBuffer held, Task sending)
    {
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await held.DisposeAsync();
    }

    /// <summary>Passes the body on. What has come is with the caller before anything more is waited for.</summary>
    private static async Task PassAsync(DestinationAnswer answer, HttpContext context)
    {
        var to = context.Response.BodyWriter;
        var passed = 0L;
        while (!answer.IsOver)
        {
            if (!answer.HasMore && (await to.FlushAsync()).IsCompleted)
                throw new OperationCanceledException();
            try
            {
                var read = await answer.ReadAsync(to.GetMemory(LeastRead));
                to.Advance(read);
                passed += read;
            }
            catch when (passed > 0)
            {
                // What came before it broke off cannot be taken back, and so is given.
                await to.FlushAsync();
                throw;
            }
        }
        // The end of chunks is yet to come, and takes along what has not been passed on.
        if (answer.ContentLength is not null)
            await to.FlushAsync();
        if (answer.Trailers is { } trailers && context.Response.SupportsTrailers())
        {
            foreach (var (name, value) in trailers.Where(t => !OutboundHeaders.IsOurs(t.Name) && !OutboundHeaders.OfOneHop.Contains(t.Name)))
                Append(context.Response, name, value);
        }
    }

    private static void Append(HttpResponse to, string name, string value)
    {
        try
        {
            to.AppendTrailer(name, value);
        }
        catch (InvalidOperationException e)
        {
            throw new BrokenAnswerException("the answer has a trailer that is not of ASCII.", e);
        }
    }

    /// <summary>What failed, in YARP's words; none where it is a failure of our own, which is not the destination's.</summary>
    private static ForwarderError ErrorOf(Exception e) => e switch
    {
        TimeoutException => ForwarderError.RequestTimedOut,
        CallerBodyException => ForwarderError.RequestBodyClient,
        OperationCanceledException => ForwarderError.RequestCanceled,
        SigningException or UnsendableException => ForwarderError.RequestCreation,
        IOException or SocketException or AuthenticationException or SessionUnavailableException or ObjectDisposedException => ForwarderError.Request,
        _ => ForwarderError.None,
    };
}
