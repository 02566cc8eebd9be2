using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SigningProxy.Catalog;

namespace SigningProxy.Tests.Sessions;

/// <summary>An STS on a free port that verifies nothing, and answers as the test says.</summary>
internal sealed class ScriptedSts : IAsyncDisposable
{
    private readonly WebApplication _server = Build();
    private int _calls;

    public Uri Address => new(_server.Urls.Single());

    public int Calls => Volatile.Read(ref _calls);

    public Func<HttpContext, Task> Answer { get; set; } = context => RefuseAsync(context, 503, "ServiceUnavailable");

    public static async Task<ScriptedSts> StartAsync()
    {
        var running = new ScriptedSts();
        running._server.Run(async context =>
        {
            Interlocked.Increment(ref running._calls);
            await running.Answer(context);
        });
        await running._server.StartAsync(TestContext.Current.CancellationToken);
        return running;
    }

    /// <summary>An external credential whose principals' roles are assumed here.</summary>
    public ExternalCredential ExternalCredential(params Principal[] principals) => Example.ExternalCredential(principals) with
    {
        Sts = new StsSettings { AccessKey = new Secret("AKIDEXAMPLE000000001"), AccessSecret = new Secret("asking-secret"), Endpoint = Address },
    };

    public static Task GiveAsync(HttpContext context, string id, DateTimeOffset expiration) => WriteAsync(context, 200, $"""
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
        <AccessKeyId>ASIAEXAMPLE{id}</AccessKeyId><SecretAccessKey>secret-{id}</SecretAccessKey><SessionToken>token-{id}</SessionToken>
        <Expiration>{expiration.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
        """);

    public static Task RefuseAsync(HttpContext context, int status, string code) => WriteAsync(context, status, $"""
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>{code}</Code><Message>No {code}.</Message></Error></ErrorResponse>
        """);

    public static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/xml";
        return context.Response.WriteAsync(body);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        return builder.Build();
    }
}
