using System.Text;
using SigningProxy.Catalog;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Live;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Pages.Home;

/// <summary>Tells open home pages what has changed, as server-sent events.</summary>
internal sealed class LiveStreams(CallTally tally, RefusedCalls refused, CurrentCatalog catalog, AdministratorList administrators, SetupSessions sessions, IHostApplicationLifetime life, TimeProvider time)
{
    public const string Path = "/live";

    /// <summary>How many may be open at once.</summary>
    public const int Most = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Where nothing changes, so often is it written that the stream is there.
    private const int Quiet = 15;

    private int _open;

    public static IReadOnlyList<PageRoute> Routes { get; } = [new("GET", Path, SetupPermission.View, request => request.Get<LiveStreams>().ServeAsync(request))];

    /// <summary>Writes an event a second at most, until the browser goes, the session of whoever asked ends, or the proxy does.</summary>
    private async Task ServeAsync(ApiRequest request)
    {
        try
        {
            if (Interlocked.Increment(ref _open) > Most)
            {
                request.Context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }
            using var end = CancellationTokenSource.CreateLinkedTokenSource(request.Context.RequestAborted, life.ApplicationStopping);
            await WriteAsync(request, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The browser has gone, or the proxy goes.
        }
        catch (StoreException) when (request.Context.Response.HasStarted)
        {
            // Nobody can say any more whether who asked may go on.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task WriteAsync(ApiRequest request, CancellationToken end)
    {
        var response = request.Context.Response;
        response.ContentType = "text/event-stream";
        using var timer = new PeriodicTimer(Pause, time);
        var (told, quiet) = ("", 0);
        do
        {
            var now = await PageAnswer.TextAsync(Slices.Live(LiveView.Of(tally, refused, catalog.Snapshot)), end);
            if (now != told || ++quiet == Quiet)
            {
                await response.WriteAsync(now == told ? ":\n\n" : EventOf(now), end);
                await response.Body.FlushAsync(end);
                (told, quiet) = (now, 0);
            }
        }
        while (await timer.WaitForNextTickAsync(end) && StillMay(request));
    }

    /// <summary>Whether who asked is still signed in, and may what was permitted.</summary>
    private bool StillMay(ApiRequest request) => request.Context.Features.Get<SetupSession>() is null
        ? administrators.Declared.Concat(administrators.Made()).Any(a => a.Administrator == request.Administrator)
        : sessions.Of(request.Context.Request) is { } session && administrators.ByStamp(session.Name, session.Stamp) is not null;

    private static string EventOf(string text) => new StringBuilder().AppendJoin("", text.ReplaceLineEndings("\n").Split('\n').Select(line => $"data: {line}\n")).Append('\n').ToString();
}
