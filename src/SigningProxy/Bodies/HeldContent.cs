using System.Net;

namespace SigningProxy.Bodies;

/// <summary>A held body, sent from its beginning however often it is asked for.</summary>
internal sealed class HeldContent(BodyBuffer body, BodyReaders readers) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        readers.RunAsync(token => body.Open().CopyToAsync(stream, token), cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
