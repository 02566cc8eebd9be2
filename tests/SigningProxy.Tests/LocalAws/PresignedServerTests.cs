using System.Net;
using SigningProxy.LocalAws.Destinations;
using SigningProxy.LocalAws.Verification;
using SigningProxy.Tests.SigV4;

namespace SigningProxy.Tests.LocalAws;

/// <summary>Presigned URLs over the wire: they are believed, and nothing that the stand-in shows could be used like them.</summary>
public sealed class PresignedServerTests(RunningLocalAws aws) : IClassFixture<RunningLocalAws>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Url_WhenPresigned_IsVerifiedAndItsSignatureIsNotShown()
    {
        var query = Presigned("execute-api", "q=a+b&acl");
        using var response = await aws.SendAsync("GET", "/a%20b?" + query);
        var echo = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("20260228/eu-west-1/execute-api/aws4_request", Assert.Single(response.Headers.GetValues("x-local-aws-scope")));
        AssertNotShown(query.Split("X-Amz-Signature=")[1], echo);
    }

    [Fact]
    public async Task CallerIdentity_WhenPresigned_IsTold()
    {
        using var response = await aws.SendAsync("GET", "/a%20b?" + Presigned("sts", "Action=GetCallerIdentity&Version=2011-06-15"));
        Assert.Contains("GetCallerIdentityResult", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Url_WhenItsTokenWasAdded_IsRefusedAndTheTokenIsNotShown()
    {
        using var response = await aws.SendAsync("GET", $"/a%20b?{Presigned("s3", "")}&X-Amz-Security-Token=a-token-of-somebody");
        var answer = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", answer, StringComparison.Ordinal);
        Assert.Contains("X-Amz-Security-Token=(redacted)&amp;X-Amz-SignedHeaders=host", answer, StringComparison.Ordinal);
        AssertNotShown("a-token-of-somebody", answer);
    }

    [Fact]
    public void Object_WhenItCameInChunks_IsWhatTheyFramed()
    {
        var destination = new S3Destination(aws.Time);
        var verified = new Verified("AKID", new("20260228", "eu-west-1", "s3"), ["host"], "", "") { Content = "framed"u8.ToArray() };

        Assert.Equal(200, destination.Serve(new("PUT", "/bucket/key", [], "6\r\nframed\r\n0\r\n\r\n"u8.ToArray()), verified).Status);
        Assert.Equal("framed"u8, destination.Serve(new("GET", "/bucket/key", [], []), verified).Body.Span);
    }

    private string Presigned(string service, string query) => new PlainRequest
    {
        Path = "/a%20b",
        Query = query,
        Host = aws.Server.Address.Authority,
        KeyId = RunningLocalAws.Key.AccessKeyId,
        Secret = RunningLocalAws.Key.Secret,
        Scope = new("eu-west-1", service),
        Instant = aws.Time.GetUtcNow(),
        Settings = SigningProxy.SigV4.SigningSettings.ForService(service),
        Payload = service == "s3" ? SigningProxy.SigV4.PayloadHash.Unsigned : SigningProxy.SigV4.PayloadHash.Empty,
    }.Presign(60);

    private void AssertNotShown(string secret, string answer)
    {
        Assert.DoesNotContain(secret, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(aws.Server.Requests, seen => seen.RawTarget.Contains(secret, StringComparison.Ordinal));
        Assert.Contains(aws.Server.Requests, seen => seen.RawTarget.Contains("=(redacted)", StringComparison.Ordinal));
    }
}
