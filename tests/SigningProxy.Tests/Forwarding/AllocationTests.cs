using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SigningProxy.Cli;
using Yarp.ReverseProxy.Configuration;

namespace SigningProxy.Tests.Forwarding;

/// <summary>Runs alone, since the allocations of all threads of the process are counted.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTestsAlone;

/// <summary>What a request costs in memory, beside one through YARP as it comes.</summary>
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests(ITestOutputHelper output) : IDisposable
{
#if DEBUG
    // In a build that is not optimised every asynchronous method has one object more.
    private const int Most = 4096;
#else
    private const int Most = 2048;
#endif

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signing-proxy-test-");
    private readonly FrugalDestination _destination = new();

    public void Dispose()
    {
        _destination.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("GET", 0)]
    [InlineData("POST", 4096)]
    public async Task Call_WhenSigned_AllocatesLittleOverPlainYarp(string method, int bodyBytes)
    {
        var plain = await ThroughYarpAsync(method, bodyBytes);
        var signed = await ThroughUsAsync(method, bodyBytes);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{method} of {bodyBytes} bytes: {plain} B through plain YARP, {signed} B signed: {signed - plain} B more"));
        Assert.InRange(signed - plain, -plain, Most);
    }

    private async Task<long> ThroughYarpAsync(string method, int bodyBytes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "Plain", ClusterId = "Plain", Match = new RouteMatch { Path = "/Plain/{**rest}" } }],
            [new ClusterConfig { ClusterId = "Plain", Destinations = new Dictionary<string, DestinationConfig> { ["url"] = new() { Address = _destination.Url } } }]);
        await using var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return Measure(new Uri(app.Urls.Single()), method, bodyBytes);
    }

    private async Task<long> ThroughUsAsync(string method, int bodyBytes)
    {
        var catalog = Path.Combine(_folder.FullName, "catalog.yaml");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "id"), "AKIDALLOCATION000001", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "secret"), new string('s', 40), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            catalog,
            $$$"""
            externalCredentials:
              - {name: Load, label: Load, authenticationProtocol: AwsSignatureV4, service: execute-api, region: eu-west-1, variant: AccessKey, principals: [{name: One, sequenceNumber: 1, accessKey: {file: id}, accessSecret: {file: secret}}]}
            namedCredentials:
              - {name: Plain, label: Plain, url: "{{{_destination.Url}}}", externalCredential: Load}
            permissionSets:
              - {name: Everyone, label: Everyone, callers: ["*"], principals: [Load-One]}
            """,
            TestContext.Current.CancellationToken);
        await using var app = ProxyApplication.Build(new RunOptions(catalog, ["127.0.0.1:0"], "off", ["Logging:LogLevel:Default=Error"], null) { Operator = "off" }, TextWriter.Null);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return Measure(new Uri(app.Addresses.Single()), method, bodyBytes);
    }

    /// <summary>
    /// Bytes for each request: the least of batches that go on until ten in a row brought nothing less, since what runs beside can only add, and so does code that
    /// the runtime has not yet optimised, which on a busy machine takes seconds.
    /// </summary>
    private static long Measure(Uri proxy, string method, int bodyBytes)
    {
        const int Calls = 500;
        using var caller = new FrugalCaller(proxy, method, bodyBytes);
        var least = long.MaxValue;
        for (var stood = 0; stood < 10; stood++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var call = 0; call < Calls; call++)
                caller.Call();
            var bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / Calls;
            if (bytes < least)
                (least, stood) = (bytes, -1);
        }
        return least;
    }
}
