using SigningProxy.Listeners;

namespace SigningProxy.Tests.Listeners;

public sealed class OperatorSocketTests
{
    [Theory]
    [InlineData("/run/user/1000", "/run/user/1000/signing-proxy")]
    [InlineData("relative", "/tmp/signing-proxy-1000")]
    [InlineData("", "/tmp/signing-proxy-1000")]
    [InlineData(null, "/tmp/signing-proxy-1000")]
    public void FolderFor_IsInTheUsersOwnFolder_ElseNamedAfterTheUser(string? runtime, string folder) =>
        Assert.Equal(folder, OperatorSocket.FolderFor(runtime, "/tmp/", 1000));

    [Fact]
    public void Prepare_WhenOff_OpensNothing()
    {
        using var socket = new OperatorSocket(new ListenerOptions { Operator = "off" });

        socket.Prepare();

        Assert.Null(socket.Opened);
        Assert.Null(socket.Problem);
    }

    [Fact]
    public void Prepare_WhenThePlaceThatIsNamedCannotBe_Throws()
    {
        using var socket = new OperatorSocket(new ListenerOptions { Operator = $"unix:/nowhere-{Guid.NewGuid():N}/s" });

        Assert.Throws<IOException>(socket.Prepare);
        Assert.Null(socket.Opened);
    }
}
