using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using SigningProxy.Bodies;

namespace SigningProxy.Destinations;

/// <summary>The sending of one request: its head, and its body as it is there or as it comes.</summary>
internal sealed class RequestSending
{
    private const int ShortBody = 8 * 1024;
    private const int Piece = 32 * 1024;
    // A length in hexadecimal digits, and the ends of two lines.
    private const int ChunkFrame = 16 + 2 + 2;

    private static readonly byte[] LastChunk = [.. "0\r\n\r\n"u8];

    private readonly DestinationConnection _connection;
    private readonly RequestBody? _body;
    private readonly byte[] _buffer;
    private int _filled;

    /// <exception cref="UnsendableException">The request cannot be written as what it is.</exception>
    public RequestSending(DestinationConnection connection, OutboundRequest request)
    {
        (_connection, _body) = (connection, request.Body);
        _buffer = ArrayPool<byte>.Shared.Rent(RequestHead.MostBytes(request) + (_body is null ? 0 : ShortBody));
        _filled = RequestHead.Write(request, _buffer);
    }

    public async Task RunAsync()
    {
        try
        {
            switch (_body)
            {
                case null:
                    await FlushAsync();
                    break;
                case { Held: { } held }:
                    await SendHeldAsync(held);
                    break;
                case { Passing: { } passing, Length: var length }:
                    await SendPassingAsync(passing, inChunks: length is null);
                    break;
            }
        }
        catch (Exception e) when (!_connection.RefusedBytes)
        {
            // What cannot be read here, nobody gets the rest of. Where the destination takes no more, its answer may still come.
            _connection.Cut(e);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    /// <summary>Ends the wait for more of a body that comes no more, or that nobody wants.</summary>
    public void Stop()
    {
        if (_body?.Passing is { } passing)
            CallerBody.Stop(passing);
    }

    private async Task SendHeldAsync(BodyBuffer held)
    {
        if (held.Memory is { } memory)
        {
            await SendAsync(memory);
            await FlushAsync();
            return;
        }
        await FlushAsync();
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            await using var stream = held.Open();
            while (await stream.ReadAsync(piece) is > 0 and var read)
                await _connection.WriteAsync(piece.AsMemory(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private async Task SendPassingAsync(PipeReader passing, bool inChunks)
    {
        ReadResult read;
        do
        {
            read = await ReadAsync(passing);
            try
            {
                if (read.IsCanceled)
                    throw new OperationCanceledException();
                foreach (var segment in read.Buffer)
                    await (inChunks ? SendChunkAsync(segment) : SendAsync(segment));
            }
            finally
            {
                // The server reads on what we do not, so that the caller gets its answer; it cannot where we were left amid a read.
                CallerBody.AdvanceTo(passing, read.Buffer.End);
            }
        }
        while (!read.IsCompleted);
        if (inChunks)
            await SendAsync(LastChunk);
        await FlushAsync();
    }

    /// <summary>What there is at once goes along with what was there; what is not is waited for with nothing held back.</summary>
    private async ValueTask<ReadResult> ReadAsync(PipeReader passing)
    {
        var reading = CallerBody.ReadAsync(passing);
        if (reading.IsCompleted)
            return await reading;
        try
        {
            await FlushAsync();
        }
        catch
        {
            CallerBody.Stop(passing);
            CallerBody.AdvanceTo(passing, (await reading).Buffer.End);
            throw;
        }
        return await reading;
    }

    private async ValueTask SendChunkAsync(ReadOnlyMemory<byte> chunk)
    {
        if (chunk.IsEmpty)
            return;
        if (_filled + ChunkFrame > _buffer.Length)
            await FlushAsync();
        Utf8Formatter.TryFormat(chunk.Length, _buffer.AsSpan(_filled), out var digits, 'x');
        _filled += digits;
        Put("\r\n"u8);
        await SendAsync(chunk);
        if (_filled + 2 > _buffer.Length)
            await FlushAsync();
        Put("\r\n"u8);
    }

    /// <summary>Takes bytes along where there is room for them, and else sends them after what is there.</summary>
    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length <= _buffer.Length - _filled)
        {
            Put(bytes.Span);
            return;
        }
        await FlushAsync();
        await _connection.WriteAsync(bytes);
    }

    private async ValueTask FlushAsync()
    {
        if (_filled == 0)
            return;
        var filled = _filled;
        _filled = 0;
        await _connection.WriteAsync(_buffer.AsMemory(0, filled));
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_filled));
        _filled += bytes.Length;
    }
}
