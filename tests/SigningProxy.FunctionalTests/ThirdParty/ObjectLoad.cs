using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>Callers that write an object and read it again without a pause, each over its own connection.</summary>
/// <param name="Requests">How many were answered.</param>
/// <param name="Failures">What came instead of 200, or of the object as it was written.</param>
internal sealed record ObjectLoad(int Requests, IReadOnlyCollection<string> Failures)
{
    /// <param name="proxy">Has the named credential Objects.</param>
    /// <param name="folder">Bucket and the beginning of the keys.</param>
    /// <param name="connections">How many callers.</param>
    /// <param name="duration">For how long.</param>
    public static async Task<ObjectLoad> RunAsync(ProxyProcess proxy, string folder, int connections, TimeSpan duration)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = proxy.Address };
        var failures = new ConcurrentQueue<string>();
        var requests = 0;
        var started = Stopwatch.GetTimestamp();

        async Task<string> CallAsync(HttpMethod method, string target, string? body)
        {
            using var request = new HttpRequestMessage(method, target) { Content = body is null ? null : new StringContent(body) };
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Interlocked.Increment(ref requests);
            if (!answer.IsSuccessStatusCode)
                failures.Enqueue($"{method} {target}: {(int)answer.StatusCode} {text}");
            return text;
        }

        await Task.WhenAll(Enumerable.Range(0, connections).Select(caller => Task.Run(async () =>
        {
            var target = string.Create(CultureInfo.InvariantCulture, $"/Objects/{folder}/{caller}");
            for (var turn = 0; Stopwatch.GetElapsedTime(started) < duration; turn++)
            {
                var body = string.Create(CultureInfo.InvariantCulture, $"{caller} {turn}");
                await CallAsync(HttpMethod.Put, target, body);
                if (await CallAsync(HttpMethod.Get, target, null) is var read && read != body)
                    failures.Enqueue($"{target}: wrote \"{body}\", read \"{read}\"");
            }
        })));
        return new ObjectLoad(requests, failures);
    }
}
