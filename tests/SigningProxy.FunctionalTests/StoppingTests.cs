using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class StoppingTests
{
    // Longer than a command line library would wait by itself.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(2.5);

    [Fact]
    public async Task Terminate_WithACallUnderWay_AnswersItAndEndsWithZero()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var destination = new ScriptedDestination();
        destination.Script = async (stream, cancellation) =>
        {
            arrived.SetResult();
            await gate.Task.WaitAsync(cancellation);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole"u8.ToArray(), cancellation);
        };
        await using var proxy = await ProxyProcess.StartAsync(new CatalogText().With("Slow", destination.Address, "AKIDSTOPPING0000", "secret").ToString());
        var call = RawClient.GetAsync(proxy.Address, "/Slow/x");
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        var end = proxy.EndAsync("TERM");
        await Task.Delay(Long, TestContext.Current.CancellationToken);
        gate.SetResult();

        Assert.Equal((200, "whole"), ((await call).Status, (await call).Body));
        Assert.Equal(0, await end);
    }
}
