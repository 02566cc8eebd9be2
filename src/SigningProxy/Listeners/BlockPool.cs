using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SigningProxy.Listeners;

/// <summary>
/// Memory for the bytes of connections, in blocks of one size that the collector never moves. Kestrel's own are of 4 KiB, and a body of
/// 1 MiB then costs twice the time.
/// </summary>
/// <param name="blockBytes">The size of each block.</param>
/// <param name="mostIdle">How many are kept for the next who asks; beyond that they are the collector's.</param>
internal sealed class BlockPool(int blockBytes, int mostIdle) : MemoryPool<byte>
{
    private readonly ConcurrentQueue<Block> _idle = new();
    private int _idleCount;
    private volatile bool _disposed;

    public override int MaxBufferSize => blockBytes;

    /// <summary>A block, whatever its contents; larger than asked for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More is asked for than a block holds.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, blockBytes);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_idle.TryDequeue(out var block))
            return new Block(this, blockBytes);
        Interlocked.Decrement(ref _idleCount);
        block.Lend();
        return block;
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        _idle.Clear();
    }

    private void TakeBack(Block block)
    {
        if (_disposed)
            return;
        if (Interlocked.Increment(ref _idleCount) <= mostIdle)
            _idle.Enqueue(block);
        else
            Interlocked.Decrement(ref _idleCount);
    }

    private sealed class Block(BlockPool pool, int bytes) : MemoryManager<byte>
    {
        private readonly byte[] _array = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        private bool _lent = true;

        public override Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(_array, 0, _array.Length);

        public void Lend() => _lent = true;

        public override Span<byte> GetSpan() => _array;

        public override unsafe MemoryHandle Pin(int elementIndex = 0) => new(Unsafe.AsPointer(ref _array[elementIndex]));

        public override void Unpin()
        {
        }

        protected override bool TryGetArray(out ArraySegment<byte> segment)
        {
            segment = _array;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            // Given back twice it would be lent to two.
            if (Interlocked.Exchange(ref _lent, false))
                pool.TakeBack(this);
        }
    }
}
