using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Catalog;
using SigningProxy.Destinations;
using SigningProxy.Forwarding;
using SigningProxy.Tests.Destinations;
using SigningProxy.Tests.Sessions;

namespace SigningProxy.Tests.Forwarding;

public sealed class DestinationPoolsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silence_EndsACall_AlsoWhereAReloadHasForgottenItsDestination(bool begunAfter)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            heard.SetResult();
            await spoken.HearHeadAsync();
        });
        var time = new FakeTimeProvider();
        using var pools = new DestinationPools(Options.Create(new DestinationOptions()), new WebProxy(), time);
        var pool = pools.Of(new NamedCredential { Name = "N", Label = "N", Url = destination.Address, ExternalCredential = Example.ExternalCredential() })!;
        if (begunAfter)
            pools.Forget(CatalogSnapshot.Empty);
        var asking = pool.SendAsync(SpokenDestination.Request(), TestContext.Current.CancellationToken).AsTask();
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        if (!begunAfter)
            pools.Forget(CatalogSnapshot.Empty);

        time.Advance(TimeSpan.FromSeconds(102));

        Assert.Same(asking, await Task.WhenAny(asking, Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)));
        await Assert.ThrowsAsync<TimeoutException>(() => asking);
    }
}
