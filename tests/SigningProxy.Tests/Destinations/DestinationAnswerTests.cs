using System.Globalization;
using System.Text;
using SigningProxy.Destinations;

namespace SigningProxy.Tests.Destinations;

/// <summary>How answers are read off a connection, whatever pieces they come in.</summary>
public sealed class DestinationAnswerTests
{
    [Theory]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole", "200 whole", true)]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "200 ", true)]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\nB; note=\"1\"\r\n and more..\r\n0\r\n\r\n", "200 first and more..", true)]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "200 ", true)]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n001\r\na\r\n000\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n", "200 a", true)]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n2\r\nab\r\n0\r\n\r\n", "200 ab", false)]
    [InlineData("GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", "200 ab", true)]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\n\r\n", "204 ", true)]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n", "304 ", true)]
    [InlineData("GET", "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n", "205 ", true)]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", "200 ", true)]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "200 ", true)]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab", "200 ab", false)]
    [InlineData("GET", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nab", "200 ab", false)]
    public async Task Answer_InOnePieceOrByteByByte_IsTheSame(string method, string answer, string expected, bool goesOn)
    {
        foreach (var piece in (int[])[answer.Length, 1, 7])
        {
            using var destination = new SpokenDestination(async spoken =>
            {
                while (await spoken.HearHeadAsync() is not null)
                {
                    foreach (var part in answer.Chunk(piece))
                        await spoken.SayAsync(new string(part));
                }
            });

            Assert.Equal(expected, await destination.AskAsync(SpokenDestination.Request(method)));
            Assert.Equal(expected, await destination.AskAsync(SpokenDestination.Request(method)));

            Assert.Equal(goesOn ? 1 : 2, destination.Connections);
            Assert.Empty(destination.Faults);
        }
    }

    [Fact]
    public async Task Answer_UntilTheConnectionEnds_IsReadToThere()
    {
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            await spoken.SayAsync($"HTTP/1.1 200 OK\r\n\r\n{new string('z', 100_000)}");
        });

        Assert.Equal($"200 {new string('z', 100_000)}", await destination.AskAsync());
        Assert.Equal($"200 {new string('z', 100_000)}", await destination.AskAsync());
        Assert.Equal(2, destination.Connections);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3000)]
    [InlineData(100_000)]
    public async Task Chunks_OfAnySize_ReadByAnyPiece_AreTheBody(int chunk)
    {
        var body = string.Concat(Enumerable.Range(0, 60_000).Select(i => (char)('a' + (i % 26))));
        var said = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (var part in body.Chunk(chunk))
            said.Append(CultureInfo.InvariantCulture, $"{part.Length:x}\r\n").Append(part).Append("\r\n");
        said.Append("0\r\n\r\n");
        using var destination = new SpokenDestination(async spoken =>
        {
            while (await spoken.HearHeadAsync() is not null)
                await spoken.SayAsync(said.ToString());
        });

        foreach (var piece in (int[])[13, 4096, 1 << 17])
        {
            await using var answer = await destination.SendAsync();
            Assert.Equal(body, await SpokenDestination.ReadAsync(answer, piece));
        }
        Assert.Equal(1, destination.Connections);
    }

    [Fact]
    public async Task Trailers_AreKept()
    {
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            await spoken.SayAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Sum: 1\r\n\r\n");
        });

        await using var answer = await destination.SendAsync();
        Assert.Null(answer.Trailers);
        await SpokenDestination.ReadAsync(answer);

        var trailer = Assert.Single(answer.Trailers!);
        Assert.Equal(("X-Sum", "1"), (trailer.Name, trailer.Value));
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhalf")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhalf")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nhalf\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\nhalf\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nx\r\nhalf\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n-1\r\nhalf\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n\r\nhalf\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1000000000000000\r\nhalf\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\nno trailer\r\n\r\n")]
    public async Task Body_ThatIsNotWhole_BreaksOff(string rest)
    {
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            await spoken.SayAsync($"HTTP/1.1 200 OK\r\n{rest}");
        });

        await using var answer = await destination.SendAsync();

        await Assert.ThrowsAnyAsync<IOException>(() => SpokenDestination.ReadAsync(answer));
        Assert.False(answer.IsOver);
    }

    [Theory]
    [InlineData("5\r\nfirst")]
    [InlineData("5\r\nfirst\r")]
    [InlineData("5\r\nfirst\r\n1")]
    [InlineData("5\r\nfirst\r\n10\r\n")]
    [InlineData("5\r\nfirst\r\n0\r\n")]
    [InlineData("5\r\nfirst\r\n0\r\nX-Sum: 1\r\n")]
    public async Task Bytes_OfAChunk_DoNotWaitForWhatIsBehindThem(string said)
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            await spoken.SayAsync($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{said}");
            await read.Task.WaitAsync(spoken.End);
        });
        await using var answer = await destination.SendAsync();

        var buffer = new byte[100];
        for (var at = 0; at < 5;)
            at += await answer.ReadAsync(buffer.AsMemory(at)).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.StartsWith("first", Encoding.ASCII.GetString(buffer), StringComparison.Ordinal);
        Assert.False(answer.HasMore);
        read.SetResult();
    }

    [Fact]
    public async Task Trailers_WithoutEnd_BreakOff()
    {
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            await spoken.SayAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
            while (true)
                await spoken.SayAsync($"X: {new string('y', 1000)}\r\n");
        });
        await using var answer = await destination.SendAsync();

        await Assert.ThrowsAsync<BrokenAnswerException>(() => SpokenDestination.ReadAsync(answer));
        Assert.InRange(answer.Trailers!.Count, 60, 70);
    }

    [Fact]
    public async Task Beginning_IsReadAgainAsIfItHadNotBeen()
    {
        using var destination = new SpokenDestination(async spoken =>
        {
            while (await spoken.HearHeadAsync() is not null)
                await spoken.SayAsync($"HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n");
        });

        foreach (var most in (int[])[3, 7, 100])
        {
            await using var answer = await destination.SendAsync();
            var read = await answer.BeginningAsync(most, CancellationToken.None);
            Assert.Equal("firstsecond"[..Math.Min(most, 11)], Encoding.ASCII.GetString(read.Span));
            Assert.False(answer.IsOver);
            Assert.Equal("firstsecond", await SpokenDestination.ReadAsync(answer));
            Assert.True(answer.IsOver);
        }
        Assert.Equal(1, destination.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")]
    [InlineData("SSH-2.0-x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nNo header\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: ")]
    [InlineData("")]
    public async Task Answer_ThatIsNone_Fails(string said)
    {
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            await spoken.SayAsync(said);
        });

        await Assert.ThrowsAnyAsync<BrokenAnswerException>(() => destination.SendAsync());
    }

    [Fact]
    public async Task Head_LongerThanAnyOfAws_Fails_AndOneWithinTheLimitDoesNot()
    {
        var length = 0;
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            await spoken.SayAsync($"HTTP/1.1 200 OK\r\nX-Long: {new string('a', length)}\r\nContent-Length: 0\r\n\r\n");
        });

        length = 60_000;
        await using (var answer = await destination.SendAsync())
            Assert.Equal(60_000, answer.Header("x-long")!.Length);
        length = 200_000;
        await Assert.ThrowsAnyAsync<BrokenAnswerException>(() => destination.SendAsync());
    }
}
