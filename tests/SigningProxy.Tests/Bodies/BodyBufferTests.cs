using SigningProxy.Bodies;

namespace SigningProxy.Tests.Bodies;

public sealed class BodyBufferTests : IDisposable
{
    // The least that is set aside in memory.
    private const int Step = 16 * 1024;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("spool-");
    private readonly BodyOptions _options;
    private readonly Budget _memory = new(4 * Step);
    private readonly Budget _spool = new(20 * Step);

    public BodyBufferTests() => _options = new BodyOptions { MemoryLimitBytes = 2 * Step, SpoolLimitBytes = 10 * Step, SpoolFolder = _folder.FullName };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(0, "MemoryStream")]
    [InlineData(1, "MemoryStream")]
    [InlineData(2 * Step, "MemoryStream")]
    [InlineData((2 * Step) + 1, "SpoolStream")]
    [InlineData(10 * Step, "SpoolStream")]
    public async Task Append_WhateverItsLength_GivesTheBodyBackTwice(int length, string stream)
    {
        var body = Body(length);
        await using var buffer = new BodyBuffer(_options, _memory, _spool);

        foreach (var part in body.Chunk(1000))
            Assert.Equal(BufferOutcome.Taken, await buffer.AppendAsync(part, Cancellation));

        Assert.Equal(length, buffer.Length);
        for (var time = 0; time < 2; time++)
        {
            await using var open = buffer.Open();
            Assert.Equal(stream, open.GetType().Name);
            using var copy = new MemoryStream();
            await open.CopyToAsync(copy, Cancellation);
            Assert.Equal(body, copy.ToArray());
        }
    }

    [Fact]
    public async Task Append_WhenBeyondTheLimitOfOneBody_IsTooLarge()
    {
        await using var buffer = new BodyBuffer(_options, _memory, _spool);

        Assert.Equal(BufferOutcome.Taken, await buffer.AppendAsync(Body(10 * Step), Cancellation));
        Assert.Equal(BufferOutcome.TooLarge, await buffer.AppendAsync(Body(1), Cancellation));
    }

    [Theory]
    [InlineData(0, 0, 3)]
    [InlineData(2 * Step, 0, 2)]
    [InlineData((2 * Step) + 1, 1, 4)]
    public async Task Reserve_SetsAsideWhereTheBodyWillLie(int length, int spooled, int free)
    {
        await using var buffer = new BodyBuffer(_options, _memory, _spool);

        Assert.Equal(BufferOutcome.Taken, buffer.TryReserve(length));

        Assert.Equal(free, Free(_memory, Step));
        Assert.Equal(20 - (3 * spooled), Free(_spool, Step));
    }

    [Fact]
    public async Task Reserve_WhenBeyondTheLimitOfOneBody_IsTooLargeAndTakesNothing()
    {
        await using var buffer = new BodyBuffer(_options, _memory, _spool);

        Assert.Equal(BufferOutcome.TooLarge, buffer.TryReserve((10 * Step) + 1));
        Assert.Equal((4, 20), (Free(_memory, Step), Free(_spool, Step)));
    }

    [Fact]
    public async Task Room_WhenOthersHoldIt_IsRefusedUntilTheyLetGo()
    {
        await using var late = new BodyBuffer(_options, _memory, _spool);
        await using (var first = new BodyBuffer(_options, _memory, _spool))
        await using (var second = new BodyBuffer(_options, _memory, _spool))
        {
            Assert.Equal(BufferOutcome.Taken, first.TryReserve(2 * Step));
            Assert.Equal(BufferOutcome.Taken, second.TryReserve(2 * Step));
            Assert.Equal(BufferOutcome.NoCapacity, late.TryReserve(1));
            Assert.Equal(BufferOutcome.NoCapacity, await late.AppendAsync(Body(1), Cancellation));
        }
        Assert.Equal(BufferOutcome.Taken, await late.AppendAsync(Body(1), Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2 * Step)]
    [InlineData(9 * Step)]
    public async Task Dispose_GivesBothBudgetsBack(int length)
    {
        await using (var buffer = new BodyBuffer(_options, _memory, _spool))
        {
            foreach (var part in Body(length).Chunk(1000))
                await buffer.AppendAsync(part, Cancellation);
        }

        Assert.Equal((4, 20), (Free(_memory, Step), Free(_spool, Step)));
    }

    [Fact]
    public async Task Spooling_GivesTheMemoryBack()
    {
        await using var buffer = new BodyBuffer(_options, _memory, _spool);
        await buffer.AppendAsync(Body(2 * Step), Cancellation);
        Assert.Equal(2, Free(_memory, Step));

        await buffer.AppendAsync(Body(1), Cancellation);

        Assert.Equal(4, Free(_memory, Step));
    }

    [Fact]
    public async Task Spooling_WhenTheFolderIsGone_FailsAndStillGivesBack()
    {
        _options.SpoolFolder = Path.Combine(_folder.FullName, "gone");
        await using (var buffer = new BodyBuffer(_options, _memory, _spool))
            await Assert.ThrowsAnyAsync<IOException>(async () => await buffer.AppendAsync(Body(3 * Step), Cancellation));

        Assert.Equal((4, 20), (Free(_memory, Step), Free(_spool, Step)));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static byte[] Body(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 >> 3))];

    /// <summary>How many steps a budget still has; they are given back.</summary>
    private static int Free(Budget budget, int step)
    {
        var free = 0;
        while (budget.TryTake(step))
            free++;
        budget.GiveBack((long)free * step);
        return free;
    }
}
