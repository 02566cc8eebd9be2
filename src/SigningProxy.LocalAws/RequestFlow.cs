using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SigningProxy.LocalAws.Destinations;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws;

/// <summary>One request: own endpoints, or body, verification, log, destination. Nothing unverified reaches a destination.</summary>
internal sealed class RequestFlow(LocalAwsOptions options, RequestLog log)
{
    /// <summary>Larger bodies are refused: everything is held in memory.</summary>
    public const int MaxBodyBytes = 256 * 1024 * 1024;

    private readonly SignatureVerifier _verifier = new(options.Keys, options.UnsignedPayload, options.TimeProvider);
    private readonly LocalEndpoints _local = new(log);
    private readonly EchoDestination _echo = new();
    private readonly Dictionary<string, IDestination> _destinations = new(StringComparer.Ordinal)
    {
        ["dynamodb"] = new DynamoDbDestination(),
        ["s3"] = new S3Destination(options.TimeProvider),
    };

    public async Task RunAsync(HttpContext context)
    {
        // The raw target: Kestrel's Path is decoded and normalised, and would verify what was not sent
        var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (rawTarget.StartsWith(LocalEndpoints.Prefix, StringComparison.Ordinal))
        {
            await WriteAsync(context, _local.Serve(context.Request.Method, rawTarget));
            return;
        }

        byte[] body;
        try
        {
            body = await ReadBodyAsync(context.Request, context.RequestAborted);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Seen all the same: a request that breaks off did reach the destination
            log.Add(new(context.Request.Method, rawTarget, null, false, "IncompleteBody", context.Request.Headers.Host));
            throw;
        }

        await WriteAsync(context, Serve(new(context.Request.Method, rawTarget, Headers(context.Request), body)));
    }

    private Answer Serve(ReceivedRequest request)
    {
        var outcome = _verifier.Verify(request);
        if (outcome is not Verified verified)
        {
            var refused = (Refused)outcome;
            log.Add(new(request.Method, request.RawTarget, refused.AccessKeyId, false, refused.Code, request.Single("host")));
            return RefusalAnswer.Of(refused);
        }

        log.Add(new(request.Method, request.RawTarget, verified.AccessKeyId, true, null, request.Single("host")));
        var answer = _destinations.GetValueOrDefault(verified.Scope.Service, _echo).Serve(request, verified);
        return answer with
        {
            Headers =
            [
                .. answer.Headers,
                new("x-local-aws-verified", verified.AccessKeyId),
                new("x-local-aws-scope", verified.Scope.ToString()),
            ],
        };
    }

    private static List<KeyValuePair<string, string>> Headers(HttpRequest request) =>
        [.. request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")))];

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellation);
        return buffer.ToArray();
    }

    private static async Task WriteAsync(HttpContext context, Answer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        // To HEAD the length is told, as for GET, and no body follows. To 204 Kestrel takes no write, an empty one closes the connection
        response.ContentLength = answer.Status == StatusCodes.Status204NoContent ? null : answer.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method) && !answer.Body.IsEmpty)
        {
            await response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }
}
