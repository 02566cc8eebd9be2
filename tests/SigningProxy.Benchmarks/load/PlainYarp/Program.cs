using Yarp.ReverseProxy.Configuration;

// What one gets from YARP with no setting at all: no signature, no check, every default. `plain-yarp LISTEN PLAIN-URL TLS-URL`.
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls(args[0]);
builder.Services.AddReverseProxy().LoadFromMemory([Route("Plain"), Route("Tls")], [Cluster("Plain", args[1]), Cluster("Tls", args[2])]);
var app = builder.Build();
app.MapReverseProxy();
await app.RunAsync();

static RouteConfig Route(string name) => new() { RouteId = name, ClusterId = name, Match = new RouteMatch { Path = $"/{name}/{{**rest}}" } };

static ClusterConfig Cluster(string name, string url) => new()
{
    ClusterId = name,
    Destinations = new Dictionary<string, DestinationConfig> { ["url"] = new() { Address = url } },
};
