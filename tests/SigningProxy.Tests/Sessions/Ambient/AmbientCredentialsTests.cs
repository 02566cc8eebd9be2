using System.Net;
using SigningProxy.Sessions;
using SigningProxy.Sessions.Ambient;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Sessions.Ambient;

public sealed class AmbientCredentialsTests : IDisposable
{
    private readonly SourceConnections _connections = new(new WebProxy());
    private readonly Dictionary<string, string> _environment = new() { ["AWS_EC2_METADATA_DISABLED"] = "true" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _connections.Dispose();

    [Fact]
    public async Task Get_WhenTheEnvironmentHasKeys_TakesThemAndAsksNobody()
    {
        await using var container = await MachineEndpoint.StartAsync(_ => (200, MachineEndpoint.Credentials));
        _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Address;
        (_environment["AWS_ACCESS_KEY_ID"], _environment["AWS_SECRET_ACCESS_KEY"]) = ("AKIDEXAMPLE", "made-up");

        using var got = await GetAsync();

        Assert.Equal(("AKIDEXAMPLE", "made-up", null, null), (got.AccessKeyId, got.RevealSecret(), got.SessionToken, got.Expiration));
        Assert.Empty(container.Asked);

        _environment["AWS_SESSION_TOKEN"] = "token";
        using var temporary = await GetAsync();
        Assert.Equal("token", temporary.SessionToken);
    }

    [Theory]
    [InlineData("AWS_ACCESS_KEY_ID")]
    [InlineData("AWS_SECRET_ACCESS_KEY")]
    public async Task Get_WhenTheEnvironmentHasHalfAKeyPair_GoesOnToTheContainerEndpoint(string blank)
    {
        await using var container = await MachineEndpoint.StartAsync(_ => (200, MachineEndpoint.Credentials));
        _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Address;
        (_environment["AWS_ACCESS_KEY_ID"], _environment["AWS_SECRET_ACCESS_KEY"]) = ("AKIDEXAMPLE", "made-up");
        _environment[blank] = "";

        using var got = await GetAsync();

        Assert.Equal("ASIAEXAMPLE", got.AccessKeyId);
    }

    [Fact]
    public async Task Get_WhenThereIsAContainerEndpoint_DoesNotAskTheInstance()
    {
        await using var container = await MachineEndpoint.StartAsync(_ => (200, MachineEndpoint.Credentials));
        await using var instance = await MachineEndpoint.StartAsync(_ => (500, ""));
        _environment.Remove("AWS_EC2_METADATA_DISABLED");
        _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Address;
        _environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = instance.Address;

        using var got = await GetAsync();

        Assert.Equal("ASIAEXAMPLE", got.AccessKeyId);
        Assert.Empty(instance.Asked);
    }

    [Fact]
    public async Task Get_WhenThereIsNothing_SaysSo()
    {
        var fault = await Assert.ThrowsAsync<SessionException>(GetAsync);

        Assert.Equal("The environment has no credentials, and AWS_EC2_METADATA_DISABLED forbids the instance metadata.", fault.Message);
    }

    [Theory]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI")]
    [InlineData("AWS_EC2_METADATA_SERVICE_ENDPOINT")]
    public async Task Get_WhenNobodyAnswers_SaysSoAndMayPass(string variable)
    {
        var closed = await MachineEndpoint.StartAsync(_ => (200, ""));
        _environment.Remove("AWS_EC2_METADATA_DISABLED");
        _environment[variable] = closed.Address;
        await closed.DisposeAsync();

        var fault = await Assert.ThrowsAsync<SessionException>(GetAsync);

        Assert.Equal("Neither the environment nor the container endpoint nor the instance metadata has credentials.", fault.Message);
        Assert.True(fault.IsTransient);
    }

    private Task<SessionCredentials> GetAsync() => new AmbientCredentials(_environment.GetValueOrDefault, _connections).GetAsync(Cancellation);
}
