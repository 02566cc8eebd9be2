namespace SigningProxy.Callouts;

/// <summary>Answers what nobody expected. The outermost, so that no failure leaves by another form.</summary>
internal sealed class FailureMiddleware(RequestDelegate next, ILogger<FailureMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone: there is nobody to answer.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await new Refusal(RefusalKind.BodyIncomplete with { Status = e.StatusCode }, "The request broke HTTP's own rules, or came too slowly.").WriteAsync(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            // An exception's message may quote what it failed on; its type and place are enough to find it.
            Log.Failed(logger, e.GetType().FullName, e.StackTrace);
            await new Refusal(RefusalKind.InternalError, "An unexpected failure; the log names it by the traceId.").WriteAsync(context);
        }
    }
}
