using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Configuration;

public sealed class CatalogLoaderTests : IDisposable
{
    private const string Orders = """
        externalCredentials:
          - name: OrdersTable
            label: Orders table
            authenticationProtocol: AwsSignatureV4
            service: dynamodb
            region: eu-west-1
            variant: AccessKey
            principals:
              - name: Writer
                sequenceNumber: 1
                accessKey: {env: ORDERS_KEY_ID}
                accessSecret: {file: orders-secret}
        namedCredentials:
          - name: Orders
            label: Orders
            url: https://dynamodb.eu-west-1.amazonaws.com
            externalCredential: orderstable
        permissionSets:
          - name: Everyone
            callers: ["*"]
            principals: [OrdersTable-Writer]
        profiles:
          - name: Services
            principals: [OrdersTable-Writer]
        callers:
          - name: orders-service
            profile: Services
        """;

    private readonly CatalogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WhenAllIsGood_GivesTheWholeModel()
    {
        _folder.Environment["ORDERS_KEY_ID"] = "AKIDEXAMPLE0000000001";
        _folder.Write("orders-secret", "orders-canary\n");

        var load = _folder.Load(Orders);

        Assert.Empty(load.Faults);
        Assert.Empty(load.Warnings);
        var named = load.Snapshot!.NamedCredentials["ORDERS"];
        Assert.Equal(new Uri("https://dynamodb.eu-west-1.amazonaws.com"), named.Url);
        Assert.Equal(new CredentialScope("eu-west-1", "dynamodb"), named.ExternalCredential.Scope);
        Assert.Equal("AKIDEXAMPLE0000000001", Assert.Single(named.ExternalCredential.Principals).Keys!.AccessKeyId);
        Assert.Equal(1, load.Snapshot.Revision);
        Assert.Equal([new PrincipalName("OrdersTable", "Writer")], load.Snapshot.Profiles["services"].Principals);
        Assert.Equal("Services", load.Snapshot.Callers["orders-service"].Profile);
        Assert.Equal(["*"], Assert.Single(load.Snapshot.PermissionSets).Callers);
    }
}
