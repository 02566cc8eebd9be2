using Microsoft.AspNetCore.Http;
using SigningProxy.Sessions;
using SigningProxy.Sessions.Ambient;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Sessions.Ambient;

public sealed class InstanceMetadataTests : IDisposable
{
    private const string Roles = "/latest/meta-data/iam/security-credentials/";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly Dictionary<string, string> _environment = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Get_AsksForATokenFirstAndShowsItEachTime()
    {
        await using var instance = await MachineEndpoint.StartAsync(Answer);

        using var got = await GetAsync(instance);

        Assert.Equal(("ASIAEXAMPLE", "made-up", "token"), (got.AccessKeyId, got.RevealSecret(), got.SessionToken));
        Assert.Equal(["PUT /latest/api/token 60", $"GET {Roles} the-token", $"GET {Roles}my role the-token"], instance.Asked);
    }

    [Fact]
    public async Task Get_WhenNoTokenIsGiven_AsksNothingWithoutOne()
    {
        await using var instance = await MachineEndpoint.StartAsync(_ => (403, "no"));

        var fault = await Assert.ThrowsAsync<SessionException>(() => GetAsync(instance));

        Assert.Equal("The instance metadata service answered 403: has the instance a role?", fault.Message);
        Assert.Equal(["PUT /latest/api/token 60"], instance.Asked);
    }

    [Fact]
    public async Task Get_WhenTheInstanceHasNoRole_SaysSo()
    {
        await using var instance = await MachineEndpoint.StartAsync(request => request.Method == "PUT" ? (200, "the-token") : (404, ""));

        var fault = await Assert.ThrowsAsync<SessionException>(() => GetAsync(instance));

        Assert.Equal("The instance metadata service answered 404: has the instance a role?", fault.Message);
        Assert.True(fault.IsTransient);
    }

    [Fact]
    public async Task Get_WhenTheRoleIsNotGranted_TakesNothing()
    {
        await using var instance = await MachineEndpoint.StartAsync(
            request => request.Path.Value!.Length > Roles.Length ? (200, """{"Code":"AssumeRoleUnauthorizedAccess","Message":"no"}""") : Answer(request));

        var fault = await Assert.ThrowsAsync<SessionException>(() => GetAsync(instance));

        Assert.Equal("The instance metadata service answered without whole credentials.", fault.Message);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("TRUE")]
    public async Task Get_WhenItIsSwitchedOff_AsksNobody(string off)
    {
        await using var instance = await MachineEndpoint.StartAsync(Answer);
        _environment["AWS_EC2_METADATA_DISABLED"] = off;

        await Assert.ThrowsAsync<SessionException>(() => GetAsync(instance));

        Assert.Empty(instance.Asked);
    }

    private static (int Status, string Body) Answer(HttpRequest request) => (request.Method, request.Path.Value) switch
    {
        ("PUT", "/latest/api/token") => (200, "the-token"),
        ("GET", Roles) => (200, "my role\nanother\n"),
        ("GET", Roles + "my role") => (200, MachineEndpoint.Credentials),
        _ => (404, ""),
    };

    private Task<SessionCredentials> GetAsync(MachineEndpoint instance)
    {
        _environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = instance.Address + "/";
        return new InstanceMetadata(_environment.GetValueOrDefault, _http).GetAsync(Cancellation);
    }
}
