using SigningProxy.Destinations;

namespace SigningProxy.Forwarding;

/// <summary>An answer that the HTTP client gave.</summary>
internal sealed class MessageAnswer(HttpResponseMessage message) : IAnswer
{
    public HttpResponseMessage Message => message;

    public int Status => (int)message.StatusCode;

    public long? ContentLength => message.Content.Headers.ContentLength;

    public string? Header(string name) =>
        message.Headers.NonValidated.TryGetValues(name, out var values) || message.Content.Headers.NonValidated.TryGetValues(name, out values) ? values.ToString() : null;

    public async ValueTask<ReadOnlyMemory<byte>> BeginningAsync(int most, CancellationToken cancellation)
    {
        var buffer = new byte[most];
        var stream = await message.Content.ReadAsStreamAsync(cancellation);
        var read = 0;
        Exception? broken = null;
        try
        {
            while (read < most && await stream.ReadAsync(buffer.AsMemory(read), cancellation) is > 0 and var more)
                read += more;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // It is to break off for the caller too, who has the status by then.
            broken = e;
        }
        message.Content = new LookedIntoContent(message.Content, buffer.AsMemory(0, read), stream, broken);
        return buffer.AsMemory(0, read);
    }

    public ValueTask DisposeAsync()
    {
        message.Dispose();
        return default;
    }
}
