using System.Text;
using SigningProxy.Catalog;
using SigningProxy.Destinations;

namespace SigningProxy.Tests.Fuzz;

/// <summary>Answers of a destination, damaged and in pieces of any size: read as they are, or not at all.</summary>
public sealed class AnswerFuzzTests(ITestOutputHelper output)
{
    // The body in each is the same.
    private const string Body = "first, second and third";

    private static readonly string[] Whole =
    [
        $"HTTP/1.1 200 OK\r\nContent-Length: 23\r\nX-Amz-Id-2: a\r\n\r\n{Body}",
        $"HTTP/1.1 200 OK\r\nServer: AmazonS3\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nfirst,\r\n11;x=1\r\n second and third\r\n0\r\nX-Sum: 1\r\n\r\n",
        $"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 23\r\n\r\n{Body}",
        $"HTTP/1.0 200 OK\r\n\r\n{Body}",
    ];

    [Fact]
    public async Task Answers_InAnyPieces_AreTheirBody()
    {
        var outcomes = await new FuzzRun(output, 1000).EachAsync(
            random => new Said(Encoding.Latin1.GetBytes(random.One(Whole)), random.Next()), async said =>
            {
                Assert.Equal(Body, await ReadAsync(said));
                return "whole";
            });

        Assert.Equal(["whole"], outcomes.Keys);
    }

    [Fact]
    public async Task Answers_WhenDamaged_AreReadOrRefused()
    {
        var outcomes = await new FuzzRun(output, 4000).EachAsync(
            random => new Said(Encoding.Latin1.GetBytes(Mutation.Of(random.One(Whole), random, "Content-Length: 5", "Transfer-Encoding: chunked", "\r\n", "ffffffff")), random.Next()), async said =>
            {
                try
                {
                    return await ReadAsync(said) == Body ? "whole" : "other";
                }
                catch (IOException)
                {
                    return "refused";
                }
            });

        Assert.Contains("refused", outcomes.Keys);
    }

    private static async Task<string> ReadAsync(Said said)
    {
        using var pool = new DestinationPool(
            new DestinationDialer(new Destination(new Uri("http://localhost")), AddressReach.Everywhere, null, TimeSpan.FromSeconds(1)), new DestinationOptions(), TimeProvider.System);
        using var connection = new DestinationConnection(pool, new PieceStream(said));
        await using var answer = await connection.ExchangeAsync(new OutboundRequest { Method = "GET", Path = "/", Query = "", Host = "h" }, CancellationToken.None);
        var (read, buffer, random) = (new StringBuilder(), new byte[64], new Random(said.Pieces));
        while (await answer.ReadAsync(buffer.AsMemory(0, random.Next(1, 64))) is > 0 and var some)
            read.Append(Encoding.Latin1.GetString(buffer, 0, some));
        Assert.True(answer.IsOver);
        return read.ToString();
    }

    /// <param name="Bytes">What is said.</param>
    /// <param name="Pieces">From which the sizes of its pieces follow.</param>
    private sealed record Said(byte[] Bytes, int Pieces)
    {
        public override string ToString() => $"{Convert.ToHexString(Bytes)} in pieces of {Pieces}";
    }

    /// <summary>A connection that takes every request and says its bytes piece by piece.</summary>
    private sealed class PieceStream(Said said) : Stream
    {
        private readonly Random _random = new(said.Pieces);
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_random.Next(4) == 0)
                await Task.Yield();
            var some = Math.Min(Math.Min(buffer.Length, said.Bytes.Length - _at), _random.Next(1, 40));
            said.Bytes.AsMemory(_at, some).CopyTo(buffer);
            _at += some;
            return some;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
