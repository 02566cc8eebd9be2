using System.Text;
using System.Text.RegularExpressions;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Secrets;

/// <summary>A proxy that tells all it can, to which all that can happen happens, with secrets in every place; keeps all that was told.</summary>
public sealed partial class EverythingHappens : IAsyncLifetime
{
    private const string LastWord = "TheLastCallOfAll";

    // The floor of the framework's log must hold against all of these.
    private static readonly string[] Talkative =
    [
        .. ((string[])["Default", "Microsoft", "Microsoft.AspNetCore", "Microsoft.AspNetCore.Server.Kestrel.BadRequests", "System", "System.Net.Http", "Yarp", "Yarp.ReverseProxy.Forwarder"])
            .SelectMany(category => (string[])["--set", $"Logging:LogLevel:{category}=Trace", "--set", $"Logging:Console:LogLevel:{category}=Trace"]),
    ];

    private readonly PlantedSecrets _planted = new();
    private readonly StringBuilder _answers = new();
    private readonly SecretFolder _files;
    private readonly CannedDestination _destination = new("HTTP/1.1 200 OK");
    private readonly CannedDestination _refusing = new("HTTP/1.1 401 Unauthorized");
    private readonly CannedDestination _garbage;
    private LocalAwsServer _tls = null!;
    private AnsweringServer _source = null!;
    private ProxyProcess _proxy = null!;

    public EverythingHappens()
    {
        _files = new SecretFolder(_planted);
        _garbage = new CannedDestination($"This is no HTTP: {_planted["answer that is none"]}");
    }

    internal PlantedSecrets Planted => _planted;

    /// <summary>All that was told, by who was told it.</summary>
    internal Dictionary<string, string> Told { get; } = [];

    /// <summary>The heads that reached destinations, and what STS and Roles Anywhere were asked.</summary>
    internal string Arrived => string.Concat(_destination.Heads.Concat(_garbage.Heads).Concat(_refusing.Heads).Concat(_source.Came));

    /// <summary>The status of each call, by its target.</summary>
    internal Dictionary<string, int> Statuses { get; } = [];

    public async ValueTask InitializeAsync()
    {
        using var authority = new CertificateAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        _tls = await LocalDestination.StartAsync(certificate: certificate);
        _source = await SecretSource.StartAsync(_planted);
        var good = SecretCatalogs.Good(_planted, _files, _destination.Address, _tls.Address, _garbage.Address, _refusing.Address, _source.Address);
        _proxy = await ProxyProcess.StartAsync(good, new Launch { Environment = Environment() }, Talkative);

        await CallAsync();
        await ReloadAsync(good);
        await CallAsync();
        foreach (Match signature in Signature().Matches(Arrived))
            _planted.Add($"signature {signature.Value[..8]}", signature.Value);

        Told["operations"] = await OperationsAsync();
        Told["answers"] = _answers.ToString();
        Told["log"] = await LogAsync();
        await CommandsAsync(good);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _tls.DisposeAsync();
        await _destination.DisposeAsync();
        await _garbage.DisposeAsync();
        await _refusing.DisposeAsync();
        await _source.DisposeAsync();
        _files.Dispose();
    }

    private Dictionary<string, string> Environment() => new()
    {
        [SecretCatalogs.Variable] = _planted["secret by variable"],
        ["AWS_ACCESS_KEY_ID"] = "ASIAAMBIENTCANARY001",
        ["AWS_SECRET_ACCESS_KEY"] = _planted["ambient secret"],
        ["AWS_SESSION_TOKEN"] = _planted["ambient session token"],
        ["HTTPS_PROXY"] = $"http://user:{_planted["password of a proxy"]}@127.0.0.1:{ProxyProcess.FreePort()}",
        // With a collector, spans are made of every call.
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{ProxyProcess.FreePort()}",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-token={_planted["token of a collector"]}",
    };

    private async Task CallAsync()
    {
        var query = $"?X-Amz-Signature={_planted["presigned signature"]}&X-Amz-Security-Token={_planted["presigned token"]}&other={_planted["value in the query"]}";
        var headers = string.Concat(((string[])[
            "Host: localhost",
            $"Authorization: AWS4-HMAC-SHA256 Credential=AKIDCALLER000000/20260101/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature={_planted["caller's authorization"]}",
            $"Cookie: session={_planted["caller's cookie"]}",
            $"X-Amz-Security-Token: {_planted["caller's token"]}",
            $"X-Api-Key: {_planted["caller's own key"]}"]).Select(line => $"{line}\r\n"));
        var body = $"password={_planted["caller's body"]}";

        foreach (var target in (string[])[
            "/Whole/x", "/Text/x", "/Filed/x", "/Varied/x", "/Own/x", "/Disabled/x", "/Hidden/x", "/Keyless/x", "/AsVariable/x", "/AsFile/x", "/Assumed/x", "/Anywhere/x",
            "/Obtained/x", "/Ambient/x", "/Federated/x", "/Certified/x", "/Refusing/x", "/Garbage/x", "/Down/x",
            "/Untrusted/x", "/UntrustedToo/x", "/Proxied/x", "/Absent/x", "/Whole/../x", "/Whole/%"])
        {
            await SendAsync(target, $"GET {target}{query} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
        }
        await SendAsync("body", $"POST /Whole/x{query} HTTP/1.1\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
        await SendAsync("other hash", $"POST /Whole/x{query} HTTP/1.1\r\n{headers}X-Amz-Content-Sha256: {new string('0', 64)}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n");
        await SendAsync("broken chunks", $"POST /Whole/x{query} HTTP/1.1\r\n{headers}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{body}\r\n\r\n");
        await SendAsync("other site", $"GET /Whole/x{query} HTTP/1.1\r\n{headers}Origin: https://example.com\r\nConnection: close\r\n\r\n");
        await SendAsync("no HTTP", $"GET /Whole/x{query} HTTP/1.1\r\n{headers}a header {_planted["header that is none"]}\r\n\r\n");
        await SendAsync("no request line", $"{_planted["line that is none"]}\r\n{headers}\r\n");
    }

    private async Task SendAsync(string name, string text)
    {
        var answer = await RawClient.SendAsync(_proxy.Address, text);
        Statuses[name] = answer.Status;
        _answers.Append(answer.Head).Append(answer.Body);
    }

    /// <summary>Catalogs that stay out, and at last one that comes in.</summary>
    private async Task ReloadAsync(string good)
    {
        var refused = 0;
        foreach (var bad in SecretCatalogs.Malformed(_planted).Prepend(SecretCatalogs.Bad(_planted, _files)))
        {
            await File.WriteAllTextAsync(_proxy.CatalogPath, bad);
            refused++;
            await Wait.UntilAsync(() => _proxy.Count("The changed catalog is not valid") == refused, $"catalog {refused} is refused");
        }
        await File.WriteAllTextAsync(_proxy.CatalogPath, good.Replace(_planted["secret by value"], _planted["next secret by value"], StringComparison.Ordinal));
        await Wait.UntilAsync(() => _proxy.Count("Catalog revision 2 is in use") == 1, "the good catalog is in use");
    }

    private async Task<string> OperationsAsync()
    {
        var answers = new StringBuilder();
        foreach (var target in (string[])["/metrics", "/health/live", "/health/ready", "/elsewhere"])
        {
            var answer = await RawClient.GetAsync(_proxy.Operations, target);
            answers.Append(answer.Head).Append(answer.Body);
        }
        foreach (var form in (string[])["text", "json"])
        {
            var (_, output, error) = await ProxyProcess.RunAsync("sessions", "--output", form, "--operator", $"unix:{_proxy.OperatorSocket}");
            answers.Append(output).Append(error);
        }
        return answers.ToString();
    }

    /// <summary>The log up to a call that came after all others.</summary>
    private async Task<string> LogAsync()
    {
        await RawClient.GetAsync(_proxy.Address, $"/{LastWord}/x");
        await Wait.UntilAsync(() => _proxy.Count(LastWord) > 0, "the last call is in the log");
        return _proxy.Log;
    }

    private async Task CommandsAsync(string good)
    {
        var (validated, json, started) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        var path = Path.Combine(_proxy.Folder, "other.yaml");
        foreach (var catalog in SecretCatalogs.Malformed(_planted).Prepend(SecretCatalogs.Bad(_planted, _files)).Append(good))
        {
            await File.WriteAllTextAsync(path, catalog);
            validated.Append(await ToldByAsync("validate", "--catalog", path));
            json.Append(await ToldByAsync("validate", "--catalog", path, "--output", "json"));
            if (catalog != good)
                started.Append(await ToldByAsync(["run", "--catalog", path, .. Talkative]));
        }
        (Told["validate"], Told["validate as JSON"], Told["refused start"]) = (validated.ToString(), json.ToString(), started.ToString());
    }

    private static async Task<string> ToldByAsync(params string[] arguments)
    {
        var (_, output, error) = await ProxyProcess.RunAsync(arguments);
        return output + error;
    }

    [GeneratedRegex("(?<=Signature=)[0-9a-f]{64}")]
    private static partial Regex Signature();
}
