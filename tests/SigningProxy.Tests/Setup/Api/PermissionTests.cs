using SigningProxy.Setup.Api;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Tests.Setup.Api;

/// <summary>What each permission allows, over every route there is.</summary>
public sealed class PermissionTests : IDisposable
{
    private readonly ApiHost _api = new();

    public static TheoryData<string, string> All => [.. Routes.All.Select(r => (r.Method, r.Pattern))];

    public void Dispose() => _api.Dispose();

    [Fact]
    public void Routes_ThatAreReadByGetOrExplain_NeedViewAlone_AndAllElseManage() => Assert.All(
        Routes.All,
        r => Assert.Equal(r.Method == "GET" || r.Pattern.EndsWith("-explanation", StringComparison.Ordinal) ? SetupPermission.View : SetupPermission.Manage, r.Permission));

    [Theory]
    [MemberData(nameof(All))]
    public async Task View_GetsNoFurtherThanItsOwn(string method, string pattern)
    {
        await _api.PutAsync("/external-credentials/OrdersTable", EntryEndpointsTests.Table);
        var path = pattern.Replace("{kind}", "external-credentials", StringComparison.Ordinal).Replace("{name}", "OrdersTable", StringComparison.Ordinal).Replace("{principal}", "Writer", StringComparison.Ordinal);
        var nowhere = path.Replace("OrdersTable", "Nowhere", StringComparison.Ordinal);
        var route = Routes.All.Single(r => r.Method == method && r.Pattern == pattern);

        var reply = await _api.SendAsync(method, path, "{}", permission: SetupPermission.View);
        var other = await _api.SendAsync(method, nowhere, "{}", permission: SetupPermission.View);

        if (route.Permission == SetupPermission.View)
        {
            Assert.NotEqual(403, reply.Status);
            return;
        }
        // What there is and what there is not are answered alike.
        Assert.Equal((403, "not_permitted"), (reply.Status, reply.Code));
        Assert.Equal((reply.Status, reply.Code, (string?)reply.Json["detail"]), (other.Status, other.Code, (string?)other.Json["detail"]));
        Assert.Equal(1, Assert.Single(_api.Store.Read()).Revision);
        Assert.Single(_api.Folder.Ask("SELECT id FROM audit"));
    }
}
