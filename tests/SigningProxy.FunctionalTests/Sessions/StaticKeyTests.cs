using Microsoft.AspNetCore.Http;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

/// <summary>Keys of the AccessKey variant that are replaced at the very moment when the destination begins to refuse the old ones.</summary>
public sealed class StaticKeyTests : IDisposable
{
    private static readonly LocalKey Old = new("AKIASTATICKEYSOLD001", "the-old-secret");
    private static readonly LocalKey New = new("AKIASTATICKEYSNEW001", "the-new-secret");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signing-proxy-keys-");

    private string Keys => $"accessKey: {{file: {_folder.FullName}/id}}, accessSecret: {{file: {_folder.FullName}/secret}}";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Request_ThatTheOldKeySigned_IsSentAgainWithTheNewOne()
    {
        Write(Old);
        await using var aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Keys = [New] }, TestContext.Current.CancellationToken);
        await using var destination = await AnsweringServer.StartAsync(context =>
        {
            if (!IsBy(Old, context))
                return context.Response.WriteAsync("taken");
            Write(New);
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        await using var proxy = await ProxyProcess.StartAsync(Catalog("One", destination.Address).With("Two", aws.Address, "variant: AccessKey", principal: Keys).ToString());

        var answer = await RawClient.GetAsync(proxy.Address, "/One/x");

        Assert.Equal(200, answer.Status);
        Assert.Contains("X-SigningProxy-Replay: replayed", answer.Head, StringComparison.Ordinal);
        Assert.Equal([Old.AccessKeyId, New.AccessKeyId], destination.Came.Select(KeyOf));
        // Whoever checks signatures takes it too, and knows the new key alone.
        Assert.Equal(200, (await RawClient.GetAsync(proxy.Address, "/Two/x")).Status);
        Assert.True(Assert.Single(aws.Requests).Verified);
    }

    [Fact]
    public async Task Request_WhenTheKeysAreTheSame_IsNotSentAgain()
    {
        Write(Old);
        await using var aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Keys = [New] }, TestContext.Current.CancellationToken);
        await using var proxy = await ProxyProcess.StartAsync(Catalog("One", aws.Address).ToString());

        var answer = await RawClient.GetAsync(proxy.Address, "/One/x");

        Assert.Equal(403, answer.Status);
        Assert.Contains("UnrecognizedClientException", answer.Body, StringComparison.Ordinal);
        Assert.Contains("X-SigningProxy-Replay: not-replayed; reason=same-credentials", answer.Head, StringComparison.Ordinal);
        Assert.Equal(1, aws.Counts.DestinationRequests);
    }

    [Fact]
    public async Task NewKey_WhenTheUrlChangesWithIt_NeverGoesToTheOldUrl()
    {
        Write(Old);
        var path = "";
        await using var next = await AnsweringServer.StartAsync(context => context.Response.WriteAsync("taken"));
        var flipped = Catalog("One", next.Address).ToString();
        await using var former = await AnsweringServer.StartAsync(context =>
        {
            Write(New);
            File.WriteAllText(path + ".next", flipped);
            File.Move(path + ".next", path, overwrite: true);
            context.Response.StatusCode = 401;
            return context.Response.WriteAsync("the former one's own words");
        });
        await using var proxy = await ProxyProcess.StartAsync(Catalog("One", former.Address).ToString());
        path = proxy.CatalogPath;

        var answer = await RawClient.GetAsync(proxy.Address, "/One/x");

        Assert.Equal(401, answer.Status);
        Assert.Contains("the former one's own words", answer.Body, StringComparison.Ordinal);
        Assert.Contains("X-SigningProxy-Replay: not-replayed", answer.Head, StringComparison.Ordinal);
        Assert.Equal(200, (await RawClient.GetAsync(proxy.Address, "/One/x")).Status);
        Assert.Equal([Old.AccessKeyId], former.Came.Select(KeyOf));
        Assert.Equal([New.AccessKeyId], next.Came.Select(KeyOf));
    }

    private SessionCatalog Catalog(string name, Uri url) => new SessionCatalog().With(name, url, "variant: AccessKey", principal: Keys);

    private void Write(LocalKey key)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "id"), key.AccessKeyId);
        File.WriteAllText(Path.Combine(_folder.FullName, "secret"), key.Secret);
    }

    private static bool IsBy(LocalKey key, HttpContext context) => context.Request.Headers.Authorization.ToString().Contains(key.AccessKeyId, StringComparison.Ordinal);

    private static string KeyOf(string came) => came[(came.IndexOf("Credential=", StringComparison.Ordinal) + 11)..].Split('/')[0];
}
