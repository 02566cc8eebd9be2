using System.Runtime.InteropServices;
using SigningProxy.Listeners;

namespace SigningProxy.Tests.Listeners;

public sealed class BlockPoolTests
{
    private const int Bytes = 8192;

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(Bytes)]
    public void Rent_WhateverIsAskedFor_GivesAWholeBlock(int asked)
    {
        using var pool = new BlockPool(Bytes, 1);
        using var block = pool.Rent(asked);

        Assert.Equal(Bytes, block.Memory.Length);
        Assert.Equal(Bytes, pool.MaxBufferSize);
    }

    [Fact]
    public void Rent_WhenMoreIsAskedForThanABlockHolds_Refuses()
    {
        using var pool = new BlockPool(Bytes, 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(Bytes + 1));
    }

    [Fact]
    public void Rent_AfterABlockWasGivenBack_GivesItAgain()
    {
        using var pool = new BlockPool(Bytes, 1);
        var first = pool.Rent();
        first.Dispose();

        Assert.Same(first, pool.Rent());
    }

    [Fact]
    public void Rent_AfterABlockWasGivenBackTwice_LendsItOnce()
    {
        using var pool = new BlockPool(Bytes, 2);
        var first = pool.Rent();
        first.Dispose();
        first.Dispose();

        Assert.NotSame(pool.Rent(), pool.Rent());
    }

    [Fact]
    public void Dispose_OfMoreBlocksThanAreKept_KeepsNoMore()
    {
        using var pool = new BlockPool(Bytes, 1);
        var (first, second) = (pool.Rent(), pool.Rent());
        first.Dispose();
        second.Dispose();

        Assert.Same(first, pool.Rent());
        Assert.NotSame(second, pool.Rent());
    }

    [Fact]
    public void Memory_OfABlock_IsAnArrayFromItsBeginning()
    {
        using var pool = new BlockPool(Bytes, 1);
        using var block = pool.Rent();

        Assert.True(MemoryMarshal.TryGetArray<byte>(block.Memory, out var array));
        Assert.Equal((0, Bytes), (array.Offset, array.Count));
    }

    [Fact]
    public async Task Rent_ByManyAtOnce_GivesNoBlockToTwo()
    {
        using var pool = new BlockPool(Bytes, 4);

        await Task.WhenAll(Enumerable.Range(1, 8).Select(one => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                using var block = pool.Rent();
                block.Memory.Span[..64].Fill((byte)one);
                Assert.False(block.Memory.Span[..64].ContainsAnyExcept((byte)one), "Another wrote into this block.");
            }
        })));
    }

    [Fact]
    public void Rent_FromAPoolThatIsGone_Refuses()
    {
        var pool = new BlockPool(Bytes, 1);
        var block = pool.Rent();
        pool.Dispose();
        block.Dispose();

        Assert.Throws<ObjectDisposedException>(() => pool.Rent());
    }
}
