namespace SigningProxy.Bodies;

/// <summary>A file without a name: readable by this process alone, and gone with it however it ends.</summary>
internal sealed class SpoolFile : IDisposable
{
    private readonly FileStream _stream;

    private SpoolFile(FileStream stream) => _stream = stream;

    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static SpoolFile Create(string folder)
    {
        var path = Path.Combine(folder, $"signing-proxy-{Guid.NewGuid():N}");
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        File.Delete(path);
        return new SpoolFile(stream);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, long at, CancellationToken cancellation) =>
        RandomAccess.WriteAsync(_stream.SafeFileHandle, bytes, at, cancellation);

    public ValueTask<int> ReadAsync(Memory<byte> bytes, long at, CancellationToken cancellation) =>
        RandomAccess.ReadAsync(_stream.SafeFileHandle, bytes, at, cancellation);

    public void Dispose() => _stream.Dispose();
}

/// <summary>Reads a spooled body from its beginning.</summary>
internal sealed class SpoolStream(SpoolFile file, long length) : Stream
{
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _at;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_at == length)
            return 0;
        var read = await file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, length - _at)], _at, cancellationToken);
        _at += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A spooled body is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
