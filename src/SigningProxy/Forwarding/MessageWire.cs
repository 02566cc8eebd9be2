using System.Collections.Frozen;
using SigningProxy.Destinations;
using Yarp.ReverseProxy.Transforms;

namespace SigningProxy.Forwarding;

/// <summary>The way over a message of YARP's and the HTTP client: for HTTP/2, the environment's proxy, and routes of the operator's own.</summary>
/// <param name="message">Method, address and body of the request; its headers are put on it here.</param>
/// <param name="send">Sends it.</param>
internal sealed class MessageWire(HttpRequestMessage message, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send) : IWire
{
    private static readonly FrozenSet<string> OfTheBody = new[]
    {
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location", "Content-MD5", "Content-Range",
        "Content-Type", "Expires", "Last-Modified",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private bool _wasSent;

    public async ValueTask<IAnswer> SendAsync(OutboundRequest request, CancellationToken cancellation)
    {
        // YARP's own content can be sent once; what is held here can be sent again.
        if (_wasSent && request.Body?.Held is { } held)
            message.Content = held.OpenAgain();
        _wasSent = true;
        Put(request);
        return new MessageAnswer(await send(message, cancellation));
    }

    private void Put(OutboundRequest request)
    {
        message.Headers.Clear();
        message.Content?.Headers.Clear();
        message.Headers.Host = request.Host;
        foreach (var (name, value) in request.Headers)
            Add(name, value);
        if (message.Content is { } content)
            content.Headers.ContentLength = request.Body?.Length;
    }

    private void Add(string name, string value)
    {
        var isOfTheBody = OfTheBody.Contains(name);
        if (isOfTheBody && message.Content is null)
        {
            EmptyContent.Begin(message, name, value);
            return;
        }
        // A header that cannot be added must not be left out in silence: what is sent would differ from what was signed.
        if (!(isOfTheBody ? message.Content!.Headers.TryAddWithoutValidation(name, value) : message.Headers.TryAddWithoutValidation(name, value)))
            throw new SigningException($"The header {name} cannot be sent.");
    }

    /// <summary>The one content that YARP takes from a transform for a request without a body: its own empty one, which only its transforms can make.</summary>
    private sealed class EmptyContent : RequestTransform
    {
        public static void Begin(HttpRequestMessage request, string name, string value) =>
            AddHeader(new RequestTransformContext { ProxyRequest = request }, name, value);

        public override ValueTask ApplyAsync(RequestTransformContext context) => default;
    }
}
