using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SigningProxy.Callouts;
using SigningProxy.SigV4;

namespace SigningProxy.Bodies;

/// <summary>Reads bodies whole and hashes them, in the room that all requests share.</summary>
internal sealed class BodyHolder(IOptions<BodyOptions> options, ILogger<BodyHolder> logger)
{
    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(1);

    private readonly BodyOptions _options = options.Value;
    private readonly Budget _memory = new(options.Value.TotalMemoryBytes);
    private readonly Budget _spool = new(options.Value.TotalSpoolBytes);

    /// <summary>
    /// Reads the body of a request to its end and puts what is held in its place: whoever follows sees a body of known length, however it came.
    /// It is held until the head of the answer has come, and at the latest until the answer has ended. Asked again, it gives what it holds.
    /// </summary>
    /// <returns>The body, or why it cannot be held; then nothing of it is.</returns>
    public async ValueTask<(HeldBody? Body, Refusal? Fault)> HoldAsync(HttpContext context)
    {
        if (context.Features.Get<HeldBody>() is { } already)
            return (already, null);
        var buffer = new BodyBuffer(_options, _memory, _spool);
        context.Response.RegisterForDisposeAsync(buffer);
        var times = context.Features.Get<CallTimes>();
        times?.Begin(CallStep.Body);
        var (hash, fault) = await ReadAsync(context.Request, buffer, context.RequestAborted);
        times?.End(CallStep.Body);
        if (fault is not null)
        {
            await buffer.DisposeAsync();
            return (null, fault);
        }
        var held = new HeldBody(hash, buffer);
        context.Features.Set(held);
        context.Request.Body = buffer.Open();
        context.Request.Headers.Remove("Transfer-Encoding");
        context.Request.Headers.ContentLength = buffer.Length;
        return (held, null);
    }

    private async Task<(PayloadHash Hash, Refusal? Fault)> ReadAsync(HttpRequest request, BodyBuffer buffer, CancellationToken aborted)
    {
        if (request.ContentLength is { } length && Judge(buffer.TryReserve(length)) is { } atOnce)
            return (default, atOnce);
        IncrementalHash? sha256 = null;
        try
        {
            while (true)
            {
                var read = await CallerBody.ReadAsync(request.BodyReader, aborted);
                // Most bodies are small and come at once.
                PayloadHash? whole = sha256 is null && read is { IsCompleted: true, Buffer.IsSingleSegment: true } ? PayloadHash.Of(read.Buffer.FirstSpan) : null;
                if (whole is null)
                    sha256 ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                Refusal? fault = null;
                try
                {
                    foreach (var segment in read.Buffer)
                    {
                        sha256?.AppendData(segment.Span);
                        fault ??= Judge(await buffer.AppendAsync(segment, aborted));
                    }
                }
                finally
                {
                    CallerBody.AdvanceTo(request.BodyReader, read.Buffer.End);
                }
                if (fault is not null)
                    return (default, fault);
                if (read.IsCompleted)
                    return (whole ?? Finish(sha256!), null);
            }
        }
        catch (CallerBodyException)
        {
            return (default, new Refusal(RefusalKind.BodyIncomplete, "The connection gave less of the body than the request announced, or gave it too slowly."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.SpoolFailed(logger, _options.SpoolFolder, e.GetType().Name);
            return (default, new Refusal(RefusalKind.BodyCapacity, "The body could not be written to the spool folder.") { RetryAfter = ComeAgain });
        }
        finally
        {
            sha256?.Dispose();
        }
    }

    private Refusal? Judge(BufferOutcome outcome) => outcome switch
    {
        BufferOutcome.TooLarge => new Refusal(
            RefusalKind.BodyTooLarge,
            $"A body is hashed here up to {_options.SpoolLimitBytes} bytes. Send a larger one with X-Amz-Content-Sha256 and Content-Length, so that it can stream, or raise {BodyOptions.Section}:SpoolLimitBytes."),
        BufferOutcome.NoCapacity => new Refusal(RefusalKind.BodyCapacity, "The room for bodies is taken by other requests.") { RetryAfter = ComeAgain },
        _ => null,
    };

    private static PayloadHash Finish(IncrementalHash sha256)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        sha256.GetHashAndReset(hash);
        return PayloadHash.FromHash(hash);
    }
}
