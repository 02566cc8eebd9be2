using SigningProxy.LocalAws.Destinations;

namespace SigningProxy.LocalAws;

/// <summary>The stand-in's own unsigned endpoints. They tell no secret and never reach a destination.</summary>
internal sealed class LocalEndpoints(RequestLog log)
{
    public const string Prefix = "/_local/";

    public Answer Serve(string method, string rawTarget) => (method, rawTarget) switch
    {
        ("GET" or "HEAD", "/_local/health") => Answer.Text(200, "ok\n"),
        ("GET" or "HEAD", "/_local/requests") => Requests(),
        ("DELETE", "/_local/requests") => Clear(),
        _ => Answer.Text(404, "Here are GET /_local/health, GET /_local/requests and DELETE /_local/requests.\n"),
    };

    private Answer Requests() => new(200, "application/json", JsonText.WritePretty(json =>
    {
        json.WriteStartArray("requests");
        foreach (var request in log.Latest)
        {
            json.WriteStartObject();
            json.WriteString("method", request.Method);
            json.WriteString("rawTarget", request.RawTarget);
            json.WriteString("accessKeyId", request.AccessKeyId);
            json.WriteBoolean("verified", request.Verified);
            json.WriteString("code", request.Code);
            json.WriteString("host", request.Host);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }));

    private Answer Clear()
    {
        log.Clear();
        return Answer.NoContent;
    }
}
