using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Setup.Live;

namespace SigningProxy.Tests.Setup.Live;

public sealed class RefusedCallsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RefusedCalls _refused;
    private readonly CallTally _tally;

    public RefusedCallsTests() => (_refused, _tally) = (new RefusedCalls(_time), new CallTally(_time));

    [Fact]
    public void Refusals_AreTheLastFifty_TheLatestFirst()
    {
        for (var i = 0; i <= RefusedCalls.Most; i++)
        {
            _refused.Add("Orders", "local", new Refusal(RefusalKind.AccessDenied, "detail"));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var kept = _refused.Read();
        Assert.Equal(RefusedCalls.Most, kept.Count);
        Assert.Equal(_time.Start + TimeSpan.FromSeconds(RefusedCalls.Most), kept[0].At);
        Assert.Equal(_time.Start + TimeSpan.FromSeconds(1), kept[^1].At);
    }

    [Fact]
    public void Caller_WithALongName_IsCut()
    {
        _refused.Add(null, new string('a', 5000), new Refusal(RefusalKind.AccessDenied, "detail"));

        Assert.Equal(200, Assert.Single(_refused.Read()).Caller!.Length);
    }

    [Fact]
    public async Task Call_ThatIsRefused_IsKeptWithNothingThatItSent()
    {
        await WatchAsync(context =>
        {
            context.Features.Set(new Caller("shop"));
            context.Features.Set(new Callout { Name = "secretish", Address = CalloutAddress.Path, Path = "/secret-path", Query = "secret=query" });
            return Refusal.AccessDenied("secretish", RefusalReason.UnknownName).WriteAsync(context);
        });

        var call = Assert.Single(_refused.Read());
        Assert.Equal((null, "shop", RefusalKind.AccessDenied, RefusalReason.UnknownName), (call.NamedCredential, call.Caller, call.Kind, call.Reason));
        Assert.DoesNotContain("secret", $"{call}", StringComparison.Ordinal);
        // What is no named credential is nobody's name to count under.
        Assert.Empty(_tally.Read());
    }

    [Fact]
    public async Task Call_ThatIsAnsweredByTheDestination_IsNoRefusal()
    {
        await WatchAsync(context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });

        Assert.Empty(_refused.Read());
    }

    private Task WatchAsync(RequestDelegate next)
    {
        var context = new DefaultHttpContext();
        context.Response.Body = new MemoryStream();
        return new CallWatchMiddleware(next, _tally, _refused, _time).InvokeAsync(context);
    }
}
