using System.Buffers;

namespace SigningProxy.Bodies;

/// <summary>Holds one body: in memory to a limit, in a file beyond it. Takes its bytes from the shared budgets and gives them back.</summary>
internal sealed class BodyBuffer(BodyOptions options, Budget memory, Budget spool) : IAsyncDisposable
{
    private const int SmallestArray = 16 * 1024;

    private byte[] _array = [];
    private long _memoryTaken;
    private long _spoolTaken;
    private SpoolFile? _file;
    private BodyReaders? _readers;
    private int _disposed;

    public long Length { get; private set; }

    /// <summary>The body, where it is held in memory; null where it is in a file.</summary>
    public ReadOnlyMemory<byte>? Memory => _file is null ? _array.AsMemory(0, (int)Length) : default(ReadOnlyMemory<byte>?);

    /// <summary>Makes room for a body of a length that is known, before any of it is read.</summary>
    public BufferOutcome TryReserve(long length)
    {
        if (length > options.SpoolLimitBytes)
            return BufferOutcome.TooLarge;
        return length <= options.MemoryLimitBytes ? TryGrowMemory(length) : TryGrowSpool(length);
    }

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="IOException">The spool folder does not take them.</exception>
    public async ValueTask<BufferOutcome> AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var length = Length + bytes.Length;
        if (length > options.SpoolLimitBytes)
            return BufferOutcome.TooLarge;
        if (_file is null && length <= options.MemoryLimitBytes)
        {
            if (length > _array.Length && TryGrowMemory(Math.Min(Math.Max(2L * _array.Length, length), options.MemoryLimitBytes)) is not BufferOutcome.Taken)
                return BufferOutcome.NoCapacity;
            bytes.CopyTo(_array.AsMemory((int)Length));
        }
        else
        {
            if (length > _spoolTaken && TryGrowSpool(Math.Min(Math.Max(2 * _spoolTaken, length), options.SpoolLimitBytes)) is not BufferOutcome.Taken)
                return BufferOutcome.NoCapacity;
            await SpoolAsync(bytes, cancellation);
        }
        Length = length;
        return BufferOutcome.Taken;
    }

    /// <summary>The body from its beginning; may be opened again once this one has been read.</summary>
    public Stream Open() => _file is null
        ? new MemoryStream(_array, 0, (int)Length, writable: false)
        : new SpoolStream(_file, Length);

    /// <summary>The body for another attempt. Whoever still reads it when this is disposed is stopped first: its bytes are not its own for long.</summary>
    public HttpContent OpenAgain() => new HeldContent(this, _readers ??= new BodyReaders());

    /// <summary>May be asked for more than once: whoever is done with the body first does it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        if (_readers is not null)
            await _readers.DisposeAsync();
        ReleaseMemory();
        _file?.Dispose();
        spool.GiveBack(_spoolTaken);
        _spoolTaken = 0;
    }

    private async ValueTask SpoolAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (_file is null)
        {
            _file = SpoolFile.Create(options.SpoolFolder);
            await _file.WriteAsync(_array.AsMemory(0, (int)Length), 0, cancellation);
            ReleaseMemory();
        }
        await _file.WriteAsync(bytes, Length, cancellation);
    }

    private BufferOutcome TryGrowMemory(long capacity)
    {
        capacity = Math.Max(capacity, SmallestArray);
        if (!memory.TryTake(capacity - _memoryTaken))
            return BufferOutcome.NoCapacity;
        _memoryTaken = capacity;
        var larger = ArrayPool<byte>.Shared.Rent((int)capacity);
        _array.AsSpan(0, (int)Length).CopyTo(larger);
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
        return BufferOutcome.Taken;
    }

    private BufferOutcome TryGrowSpool(long capacity)
    {
        if (!spool.TryTake(capacity - _spoolTaken))
            return BufferOutcome.NoCapacity;
        _spoolTaken = capacity;
        return BufferOutcome.Taken;
    }

    private void ReleaseMemory()
    {
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = [];
        memory.GiveBack(_memoryTaken);
        _memoryTaken = 0;
    }
}

internal enum BufferOutcome
{
    Taken,

    /// <summary>Beyond the limit of one body.</summary>
    TooLarge,

    /// <summary>Within the limit, but other bodies hold the room now.</summary>
    NoCapacity,
}
