using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SigningProxy.Callouts;
using SigningProxy.SigV4;

namespace SigningProxy.Forwarding.Bodies;

/// <summary>Brings the body into a form that can be signed. Runs once access is granted: no byte is read for anybody else.</summary>
internal sealed class BodyMiddleware(RequestDelegate next, IOptions<BodyOptions> options, ILogger<BodyMiddleware> logger)
{
    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(1);

    private readonly BodyOptions _options = options.Value;
    private readonly Budget _memory = new(options.Value.TotalMemoryBytes);
    private readonly Budget _spool = new(options.Value.TotalSpoolBytes);

    public async Task InvokeAsync(HttpContext context)
    {
        var named = context.Features.GetRequiredFeature<Callout>().NamedCredential!;
        if (!named.GenerateAuthorizationHeader)
        {
            await next(context);
            return;
        }
        var overTls = named.Url.Scheme == Uri.UriSchemeHttps && context.Features.GetRequiredFeature<MatchedRoute>().Origin == RouteOrigin.Catalog;
        if (BodyPlan.TryMake(context.Request, overTls, out var plan) is { } refusal)
        {
            await refusal.WriteAsync(context);
            return;
        }
        if (plan.Treatment != BodyTreatment.Hold)
        {
            context.Features.Set(new OutboundBody(plan.Given ?? PayloadHash.Empty, plan.Treatment));
            await next(context);
            return;
        }
        await using var buffer = new BodyBuffer(_options, _memory, _spool);
        var (hash, fault) = await HoldAsync(context.Request, buffer, context.RequestAborted);
        if (fault is null && plan.Given is { } given && given != hash)
            fault = new Refusal(RefusalKind.ContentSha256Mismatch, "The body's SHA-256 is not the one in X-Amz-Content-Sha256.");
        if (fault is not null)
        {
            await fault.WriteAsync(context);
            return;
        }
        Replace(context.Request, buffer);
        context.Features.Set(new OutboundBody(hash, plan.Treatment, buffer));
        await next(context);
    }

    private async Task<(PayloadHash Hash, Refusal? Fault)> HoldAsync(HttpRequest request, BodyBuffer buffer, CancellationToken aborted)
    {
        if (request.ContentLength is { } length && Judge(buffer.TryReserve(length)) is { } atOnce)
            return (default, atOnce);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(aborted);
                Refusal? fault = null;
                foreach (var segment in read.Buffer)
                {
                    sha256.AppendData(segment.Span);
                    fault ??= Judge(await buffer.AppendAsync(segment, aborted));
                }
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (fault is not null)
                    return (default, fault);
                if (read.IsCompleted)
                    break;
            }
        }
        catch (Exception e) when (e is BadHttpRequestException or ConnectionResetException)
        {
            return (default, new Refusal(RefusalKind.BodyIncomplete, "The connection gave less of the body than the request announced, or gave it too slowly."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.SpoolFailed(logger, _options.SpoolFolder, e.GetType().Name);
            return (default, new Refusal(RefusalKind.BodyCapacity, "The body could not be written to the spool folder.") { RetryAfter = ComeAgain });
        }
        return (Finish(sha256), null);
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

    /// <summary>What follows sees a body of known length, however it came.</summary>
    private static void Replace(HttpRequest request, BodyBuffer buffer)
    {
        request.Body = buffer.Open();
        request.Headers.Remove("Transfer-Encoding");
        request.Headers.ContentLength = buffer.Length;
    }
}
