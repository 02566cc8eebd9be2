using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SigningProxy.Audit;
using SigningProxy.Telemetry;
using SigningProxy.Tests.Sessions;

namespace SigningProxy.Tests.Audit;

/// <summary>What is counted as dropped is counted for the process, so that nothing here runs beside another.</summary>
public sealed class AccessLogTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("access-log-");
    private readonly KeptLines _kept = new();
    private readonly MeterListener _listener = new();
    private long _dropped;

    public AccessLogTests()
    {
        _listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _dropped, count));
        _listener.EnableMeasurementEvents(ProxyTelemetry.AccessLogDropped);
        _listener.Start();
    }

    private string File => Path.Combine(_folder.FullName, "logs", "access.jsonl");

    public void Dispose()
    {
        _listener.Dispose();
        _kept.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Add_WritesALineForEachCallInTheirOrder()
    {
        MakeFolder();
        using var log = Log(File);
        await log.StartAsync(CancellationToken.None);

        for (var i = 0; i < 100; i++)
            log.Add(Record(i));
        await StopAsync(log);

        Assert.Equal(Enumerable.Range(0, 100), Statuses(File));
        Assert.Equal((0, UnixFileMode.UserRead | UnixFileMode.UserWrite), (_dropped, System.IO.File.GetUnixFileMode(File)));
    }

    [Fact]
    public async Task Add_WhenAFileIsThere_AppendsToIt()
    {
        MakeFolder();
        await System.IO.File.WriteAllTextAsync(File, """{"status":7}""" + "\n", TestContext.Current.CancellationToken);
        using var log = Log(File);
        await log.StartAsync(CancellationToken.None);

        log.Add(Record(8));
        await StopAsync(log);

        Assert.Equal([7, 8], Statuses(File));
    }

    [Fact]
    public async Task Add_WhenTheQueueIsFull_DropsAndCounts()
    {
        MakeFolder();
        using var log = Log(File, capacity: 16);

        for (var i = 0; i < 20; i++)
            log.Add(Record(i));
        Assert.Equal(4, _dropped);
        await log.StartAsync(CancellationToken.None);
        await StopAsync(log);

        Assert.Equal(Enumerable.Range(0, 16), Statuses(File));
    }

    [Fact]
    public async Task Add_AfterTheStop_DropsAndCounts()
    {
        MakeFolder();
        using var log = Log(File);
        await log.StartAsync(CancellationToken.None);
        await StopAsync(log);

        log.Add(Record(1));

        Assert.Equal((1, false), (_dropped, System.IO.File.Exists(File)));
    }

    [Fact]
    public async Task Add_WhenTheFolderGoesAway_TellsOfItAndWritesOnOnceItIsBack()
    {
        using var log = Log(File);
        await log.StartAsync(CancellationToken.None);
        log.Add(Record(1));
        await UntilAsync(() => Interlocked.Read(ref _dropped) == 1);

        MakeFolder();
        log.Add(Record(2));
        await StopAsync(log);

        Assert.Equal([2], Statuses(File));
        Assert.Equal($"8000 Error: The access log {File} was not written, and 1 lines of it are lost (DirectoryNotFoundException).", Assert.Single(_kept.All));
    }

    [Fact]
    public async Task Add_WhenTheFileIsRotatedAway_BeginsAnother()
    {
        MakeFolder();
        using var log = Log(File);
        await log.StartAsync(CancellationToken.None);
        log.Add(Record(1));
        await UntilAsync(() => System.IO.File.Exists(File) && System.IO.File.ReadAllText(File).EndsWith('\n'));

        System.IO.File.Move(File, File + ".1");
        log.Add(Record(2));
        await StopAsync(log);

        Assert.Equal([1], Statuses(File + ".1"));
        Assert.Equal([2], Statuses(File));
    }

    [Fact]
    public async Task Add_WhenItIsTheStandardOutput_WritesThere()
    {
        var output = new StringWriter();
        using var log = Log("stdout", output: output);
        await log.StartAsync(CancellationToken.None);

        log.Add(Record(1));
        log.Add(Record(2));
        await StopAsync(log);

        Assert.Equal([1, 2], output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Status));
    }

    [Fact]
    public async Task Stop_WhenItIsOff_EndsAtOnce()
    {
        using var log = Log("");
        await log.StartAsync(CancellationToken.None);
        await StopAsync(log);

        Assert.Empty(_kept.All);
    }

    private void MakeFolder() => _folder.CreateSubdirectory("logs");

    private AccessLog Log(string file, int capacity = 4096, TextWriter? output = null) => new(
        Options.Create(new AccessLogOptions { File = file, Capacity = capacity }),
        new StandardOutput(output ?? TextWriter.Null),
        LoggerFactory.Create(logging => logging.AddProvider(_kept)).CreateLogger<AccessLog>());

    private static Task StopAsync(AccessLog log) => log.StopAsync(CancellationToken.None).WaitAsync(Patience);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(5, patience.Token);
    }

    private static AccessRecord Record(int status) => new() { Time = DateTimeOffset.UnixEpoch, Method = "GET", Status = status, BytesOut = 0, Duration = TimeSpan.Zero };

    private static int[] Statuses(string file) => [.. System.IO.File.ReadAllLines(file).Select(Status)];

    private static int Status(string line) => JsonDocument.Parse(line).RootElement.GetProperty("status").GetInt32();
}
