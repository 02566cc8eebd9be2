using System.Buffers;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using SigningProxy.Telemetry;

namespace SigningProxy.Audit;

/// <summary>
/// Writes the access log beside the calls and never in their way: lines wait in a queue of bounded length, and where it is full they are
/// dropped and counted.
/// </summary>
internal sealed class AccessLog(IOptions<AccessLogOptions> options, StandardOutput output, ILogger<AccessLog> logger) : BackgroundService
{
    private const int MostAtOnce = 64 * 1024;

    private readonly Channel<AccessRecord> _waiting = Channel.CreateBounded<AccessRecord>(
        new BoundedChannelOptions(options.Value.Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    /// <summary>Takes a record to be written, or drops it.</summary>
    public void Add(in AccessRecord record)
    {
        if (!_waiting.Writer.TryWrite(record))
            ProxyTelemetry.AccessLogDropped.Add(1);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What waits is still written.
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } writing)
            await writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsOn)
            return;
        var lines = new ArrayBufferWriter<byte>(16 * 1024);
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var count = 0;
            for (; lines.WrittenCount < MostAtOnce && _waiting.Reader.TryRead(out var record); count++)
                record.WriteTo(lines);
            try
            {
                await WriteAsync(lines.WrittenMemory);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Calls go on.
                Log.NotWritten(logger, options.Value.File, count, e.GetType().Name);
                ProxyTelemetry.AccessLogDropped.Add(count);
            }
            lines.ResetWrittenCount();
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> lines)
    {
        if (options.Value.File == AccessLogOptions.StandardOutput)
        {
            await output.Writer.WriteAsync(Encoding.UTF8.GetString(lines.Span));
            await output.Writer.FlushAsync();
            return;
        }
        // Opened for each batch, so that a log may be rotated away or truncated at any time.
        await using var file = new FileStream(options.Value.File, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await file.WriteAsync(lines);
    }
}

/// <summary>The standard output of the process, as its command was given it.</summary>
internal sealed record StandardOutput(TextWriter Writer);
