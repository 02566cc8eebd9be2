using SigningProxy.Catalog.Validation;

namespace SigningProxy.Tests.Setup.Api;

/// <summary>A manager of Setup who would give what is provisioned to others, and what refuses it.</summary>
public sealed class GrantLendingTests
{
    private const string Provisioned = ApiHost.Provisioned + """

        permissionSets:
          - {name: Known, callers: [orders-service], principals: [Theirs-P]}
        profiles:
          - {name: Trusted, principals: [Theirs-P]}
        callers:
          - {name: orders-service, proofs: [{token: {value: "0123456789abcdef-theirs"}}]}
        """;

    private const string Proofs = "\"proofs\":[{\"token\":{\"value\":\"0123456789abcdef-mine\"}}]";

    [Theory]
    [InlineData("permission-sets", """{"name":"S","callers":["*"],"principals":["Theirs-P"]}""", "/principals/0: a provisioned principal is granted by provisioned entries alone")]
    [InlineData("permission-sets", """{"name":"S","callers":["*"],"principals":["theirs-P"],"only":{"namedCredentials":["Queue"]}}""", "/principals/0: a provisioned principal is granted by provisioned entries alone")]
    [InlineData("profiles", """{"name":"S","principals":["Theirs-P"]}""", "/principals/0: a provisioned principal is granted by provisioned entries alone")]
    [InlineData("callers", """{"name":"m","profile":"TRUSTED"}""", "/profile: a provisioned profile is given by provisioned callers alone")]
    [InlineData("callers", """{"name":"orders-services","proofs":[{"token":{"value":"0123456789abcdef-theirs"}}]}""", "/proofs/0: caller orders-service gives the same proof")]
    public async Task Entry_ThatLendsWhatIsProvisioned_IsRefused(string kind, string entry, string error)
    {
        using var api = new ApiHost(Provisioned);
        var post = await api.PostAsync($"/{kind}", entry);
        Assert.Equal((422, error), (post.Status, Assert.Single(post.Errors)));
        Assert.Empty(api.Store.Read());
    }

    [Theory]
    [InlineData("permission-sets", """{"name":"S","callers":["*"],"principals":["Theirs-P"]}""")]
    [InlineData("callers", """{"name":"m","profile":"Trusted"}""")]
    public async Task Entry_ThatLendsWhatIsProvisioned_IsTakenWhereAHostSettingAllowsIt(string kind, string entry)
    {
        using var api = new ApiHost(Provisioned, new SetupTrust { Allowances = new HashSet<SetupAllowance> { SetupAllowance.GrantProvisioned } });
        Assert.Equal(201, (await api.PostAsync($"/{kind}", entry)).Status);
    }

    [Fact]
    public async Task Caller_WhoseNameLooksLikeAProvisionedOnes_IsRefused()
    {
        using var api = new ApiHost(Provisioned);
        Assert.Equal("already_exists", (await api.PostAsync("/callers", """{"name":"Orders-Service"}""")).Code);
        Assert.Equal("provisioned", (await api.PutAsync("/callers/orders-service", "{}")).Code);
    }

    // Everybody whom a listener proves is granted it, and a caller with a proof is one more.
    [Fact]
    public async Task Caller_WithAProof_IsRefusedWhereAProvisionedSetGrantsEveryCaller()
    {
        using var api = new ApiHost(Provisioned.Replace("callers: [orders-service]", "callers: [\"*\"]", StringComparison.Ordinal));
        Assert.Equal("/proofs: the provisioned permission set Known grants every proven caller, and so would grant this one", Assert.Single((await api.PostAsync("/callers", $$"""{"name":"m",{{Proofs}}}""")).Errors));
        Assert.Equal(201, (await api.PostAsync("/callers", """{"name":"m"}""")).Status);
    }

    [Fact]
    public async Task Caller_NamedLocal_IsRefusedWhereAProvisionedSetGrantsIt()
    {
        using var api = new ApiHost(Provisioned.Replace("callers: [orders-service]", "callers: [local]", StringComparison.Ordinal));
        Assert.Equal("/name: local is granted provisioned principals, and would be proved in other ways too", Assert.Single((await api.PostAsync("/callers", $$"""{"name":"local",{{Proofs}}}""")).Errors));
    }

    [Fact]
    public async Task TestCall_OfWhatIsProvisioned_IsRefused()
    {
        using var api = new ApiHost(Provisioned);
        var call = await api.PostAsync("/test-call", """{"namedCredential":"queue","caller":"orders-service"}""");
        Assert.Equal((403, "not_permitted"), (call.Status, call.Code));
        Assert.Empty(api.Folder.Ask("SELECT id FROM audit"));
    }
}
