using System.Globalization;
using SigningProxy.LocalAws.Destinations;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws;

/// <summary>The stand-in's own unsigned endpoints. They tell no secret and never reach a destination.</summary>
internal sealed class LocalEndpoints(StandIn standIn)
{
    public const string Prefix = "/_local/";

    private const string List = """
        GET    /_local/                  this list
        GET    /_local/health            ok
        GET    /_local/requests          the latest 100 requests, refused ones too
        DELETE /_local/requests          forget them
        GET    /_local/counts            how many calls arrived since the start
        GET    /_local/sessions          the sessions given out, without secrets
        POST   /_local/revoke            revoke all sessions; ?key=ASIA... one; ?as=expired (default) or invalid
        POST   /_local/fail              ?target=destinations|sts|rolesanywhere&status=401 [&code=...] [&message=...] [&times=N]
        POST   /_local/delay             ?target=...&seconds=1.5
        POST   /_local/skew              ?seconds=-600, its clock against the right time
        POST   /_local/reset             end faults, delays and skew

        """;

    public Answer Serve(ReceivedRequest request) => (request.Method, request.RawPath) switch
    {
        ("GET" or "HEAD", "/_local/") => Answer.Text(200, List),
        ("GET" or "HEAD", "/_local/health") => Answer.Text(200, "ok\n"),
        ("GET" or "HEAD", "/_local/requests") => LocalReports.Requests(standIn.Log.Latest),
        ("DELETE", "/_local/requests") => Clear(),
        ("GET" or "HEAD", "/_local/counts") => LocalReports.Counts(standIn.Counts.Now),
        ("GET" or "HEAD", "/_local/sessions") => LocalReports.Sessions(standIn.Sessions.Shown),
        ("POST", _) => Switch(request),
        _ => Answer.Text(404, List),
    };

    private Answer Clear()
    {
        standIn.Log.Clear();
        return Answer.NoContent;
    }

    private Answer Switch(ReceivedRequest request)
    {
        try
        {
            var query = new LocalQuery(request.RawQuery);
            return request.RawPath switch
            {
                "/_local/revoke" => Revoke(query),
                "/_local/fail" => Done(() => standIn.Switches.Fail(
                    query.Target, new(query.Number("status") ?? 0, query["code"], query["message"]), query.Number("times"))),
                "/_local/delay" => Done(() => standIn.Switches.Delay(query.Target, query.Seconds)),
                "/_local/skew" => Done(() => standIn.Clock.Skew = query.Seconds),
                "/_local/reset" => Done(standIn.Reset),
                _ => Answer.Text(404, List),
            };
        }
        catch (Exception exception) when (exception is FormatException or ArgumentOutOfRangeException)
        {
            return Answer.Text(400, exception.Message + "\n");
        }
    }

    private Answer Revoke(LocalQuery query)
    {
        var revoked = standIn.Sessions.Revoke(query["key"], query.Revocation);
        return query["key"] is not null && revoked == 0
            ? Answer.Text(404, "No session has this key.\n")
            : Answer.Text(200, string.Create(CultureInfo.InvariantCulture, $"revoked {revoked}\n"));
    }

    private static Answer Done(Action change)
    {
        change();
        return Answer.NoContent;
    }
}
