using Microsoft.Extensions.Options;
using SigningProxy.Callouts;

namespace SigningProxy.Operations;

/// <summary>
/// Asks for an operator's proof before anything is told of what there is: the socket that only operators can open, or the token. A sidecar's
/// loopback is that of the app beside it.
/// </summary>
internal sealed class OperatorMiddleware(RequestDelegate next, IOptions<OperatorOptions> options, ILogger<OperatorMiddleware> logger)
{
    private const string Scheme = "Bearer ";
    private readonly OperatorToken? _token = options.Value.Token();

    public Task InvokeAsync(HttpContext context) => IsOpen(context.Request.Path.Value!) || IsProved(context)
        ? next(context)
        : new Refusal(RefusalKind.OperatorUnproved,
            "Ask on the operator's Unix socket, as \"signing-proxy sessions\" does, or send the token that SigningProxy:Operator names as Authorization: Bearer.")
        { Challenge = "Bearer realm=\"signing-proxy\"" }.WriteAsync(context);

    private static bool IsOpen(string path) => path.StartsWith(OperationsEndpoints.Health, StringComparison.Ordinal);

    private bool IsProved(HttpContext context)
    {
        if (context.Features.Get<Listener>() is { Purpose: ListenerPurpose.Operator })
            return true;
        var given = context.Request.Headers.Authorization;
        if (_token is null || given.Count != 1 || given[0] is not { } text || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        if (_token.Is(text[Scheme.Length..].Trim()))
            return true;
        Log.Unproved(logger, _token.Problem() ?? "it is another token");
        return false;
    }
}
