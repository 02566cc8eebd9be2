using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration;
using SigningProxy.Configuration.Stored;
using SigningProxy.Sessions;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;
using SigningProxy.Tests.Configuration;
using SigningProxy.Tests.Store;

namespace SigningProxy.Tests.Setup.Api;

/// <summary>The API with a catalog's file and a store of its own, asked without a network.</summary>
internal sealed class ApiHost : IDisposable
{
    /// <summary>The file that stands beside the store.</summary>
    public const string Provisioned = """
        externalCredentials:
          - {name: Theirs, label: Theirs, authenticationProtocol: AwsSignatureV4, service: sqs, region: eu-west-1, allowedHosts: [sqs.example.com], principals: [{name: P, sequenceNumber: 1, accessKey: {value: AKIDPROVISIONED00001}, accessSecret: {value: provisionedSecretText}}]}
        namedCredentials:
          - {name: Queue, label: Queue, url: "https://sqs.example.com/base", externalCredential: Theirs}
        """;

    private readonly ServiceProvider _services;

    public ApiHost(string provisioned = Provisioned, SetupTrust? trust = null)
    {
        Files.Write("catalog.yaml", provisioned);
        Store = Folder.Open();
        var judge = new CatalogJudge(Files.Catalog, HostLimits.None, trust ?? SetupTrust.None);
        var loader = new CatalogLoader(Files.Catalog, setup: new StoredCatalog(Store.Read, judge.Trust));
        Current.Publish(loader.Load(null).Snapshot!);
        _services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(TimeProvider.System)
            .AddSingleton(Store)
            .AddSingleton(Current)
            .AddSingleton(loader)
            .AddSingleton(new StoredCatalog(Store.Read, judge.Trust))
            .AddSessions(_ => null)
            .AddSingleton<ReadCatalogAgain>(_ => Task.CompletedTask)
            .AddSingleton<IWebProxy>(new WebProxy())
            .AddOptions()
            .AddSingleton(new CatalogReloadOptions())
            .AddSingleton<CatalogReloader>()
            .AddSingleton<AdministratorList>()
            .AddSingleton<AdministratorChanges>()
            .AddSetupApi(Files.Catalog, judge, () => Folder.Key)
            .BuildServiceProvider();
        var way = new ApplicationBuilder(_services);
        TestCallWay.Begin(way);
        // Of a test call no more is done here than that it is sent.
        way.Run(context => context.Response.WriteAsync("sent"));
        way.Build();
    }

    public CatalogFolder Files { get; } = new();

    public StoreFolder Folder { get; } = new();

    public SetupStore Store { get; }

    public CurrentCatalog Current { get; } = new();

    public Task<ApiReply> GetAsync(string target) => SendAsync("GET", target);

    public Task<ApiReply> PutAsync(string target, string json, string? match = null) => SendAsync("PUT", target, json, match is null ? [] : [("If-Match", match)]);

    public Task<ApiReply> PostAsync(string target, string json) => SendAsync("POST", target, json);

    public Task<ApiReply> DeleteAsync(string target) => SendAsync("DELETE", target);

    /// <param name="method">The method.</param>
    /// <param name="target">The raw target below the API's root.</param>
    /// <param name="body">The body, or null.</param>
    /// <param name="headers">More headers, which may say another type than JSON.</param>
    /// <param name="permission">What whoever asks may do.</param>
    public async Task<ApiReply> SendAsync(
        string method, string target, string? body = null, IReadOnlyList<(string Name, string Value)>? headers = null, SetupPermission permission = SetupPermission.Manage)
    {
        var raw = target.StartsWith(ApiMiddleware.Root, StringComparison.Ordinal) ? target : ApiMiddleware.Root + target;
        var context = new DefaultHttpContext { RequestServices = _services };
        context.Request.Method = method;
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = raw;
        context.Request.QueryString = new QueryString(raw.Contains('?') ? raw[raw.IndexOf('?')..] : "");
        context.Features.Set(new Administrator("ada", permission));
        if (body is not null)
        {
            context.Request.ContentType = "application/json";
            context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }
        foreach (var (name, value) in headers ?? [])
            context.Request.Headers[name] = value;
        using var answer = new MemoryStream();
        context.Response.Body = answer;

        await new ApiMiddleware(_ => Task.CompletedTask).InvokeAsync(context);

        return new ApiReply(context.Response.StatusCode, context.Response.Headers, Encoding.UTF8.GetString(answer.ToArray()));
    }

    public void Dispose()
    {
        _services.Dispose();
        Store.Dispose();
        Folder.Dispose();
        Files.Dispose();
    }
}

/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The answer's headers.</param>
/// <param name="Text">Its body.</param>
internal sealed record ApiReply(int Status, IHeaderDictionary Headers, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>Its code, where it is a problem.</summary>
    public string? Code => Text.Length == 0 ? null : (string?)Json["code"];

    public string ETag => Headers.ETag.ToString();

    /// <summary>Pointer and rule of every error.</summary>
    public IReadOnlyList<string> Errors => [.. Json["errors"]!.AsArray().Select(e => $"{(string?)e!["pointer"] ?? (string?)e["entry"]}: {(string?)e["rule"]}")];
}
