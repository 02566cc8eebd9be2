using SigningProxy.Tests.Configuration;

namespace SigningProxy.Tests.Catalog.Validation;

/// <summary>Every fault of <c>only</c> by one edit of a good catalog: its whole text, and its line.</summary>
public sealed class OnlyValidatorTests : IDisposable
{
    private const string Good = """
        externalCredentials:
          - {name: Files, label: Files, authenticationProtocol: AwsSignatureV4, service: s3, region: eu-west-1, principals: [{name: P, sequenceNumber: 1, accessKey: {env: KEY}, accessSecret: {env: SECRET}}]}
          - {name: Table, label: Table, authenticationProtocol: AwsSignatureV4, service: dynamodb, region: eu-west-1, principals: [{name: P, sequenceNumber: 1, accessKey: {env: KEY}, accessSecret: {env: SECRET}}]}
          - {name: Queue, label: Queue, authenticationProtocol: AwsSignatureV4, service: sqs, region: eu-west-1, principals: [{name: P, sequenceNumber: 1, accessKey: {env: KEY}, accessSecret: {env: SECRET}}]}
        namedCredentials:
          - {name: Inbox, label: Inbox, url: "https://s3.eu-west-1.amazonaws.com", externalCredential: Files}
        permissionSets:
          - name: Files
            callers: [local]
            principals: [Files-P]
            only:
              methods: [GET, PUT]
              paths: [/inbox/, /status]
              namedCredentials: [inbox]
          - name: Tables
            callers: [local]
            principals: [Table-P]
            only:
              operations: [DynamoDB_20120810.GetItem]
          - name: Queues
            callers: [local]
            principals: [Queue-P]
            only:
              namedCredentials: [Inbox]
        profiles:
          - name: Services
            principals: [Files-P]
            only: {methods: [DELETE]}

        """;

    private const string MethodMend = "Write it as GET, PUT and such.";
    private const string PathMend = "Begin with a slash; leave out escapes, dot segments and the query. A slash at the end means what lies below.";
    private const string InBody = "methods, paths and operations do not limit sqs, whose operation stands in the body (Queue). Limit to namedCredentials alone, and limit operations by the policy of the role.";

    private readonly CatalogFolder _folder = new() { Environment = { ["KEY"] = "AKIDEXAMPLE000000001", ["SECRET"] = "canary-secret" } };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WhenGood_HasNoFaultAndLimitsTheGrants()
    {
        var load = _folder.Load(Good);

        Assert.Empty(load.Faults);
        Assert.Empty(load.Warnings);
        var only = load.Snapshot!.PermissionSets[0].Only!;
        Assert.Equal(["GET", "PUT"], only.Methods!.Order());
        Assert.Equal(["/inbox/", "/status"], only.Paths!);
        Assert.Equal(["inbox"], only.NamedCredentials!);
        Assert.Null(only.Operations);
        Assert.Equal(["DynamoDB_20120810.GetItem"], load.Snapshot.PermissionSets[1].Only!.Operations!);
        Assert.Equal(["DELETE"], load.Snapshot.Profiles["Services"].Only!.Methods!);
    }

    [Theory]
    [InlineData("only: {methods: [DELETE]}", "only: {}", "28 profile Services / only: only limits to nothing. List methods, paths, namedCredentials or operations, or take only out.")]
    [InlineData("only: {methods: [DELETE]}", "only: {methods: []}", "28 profile Services / only: only limits to nothing. List methods, paths, namedCredentials or operations, or take only out.")]
    [InlineData("[GET, PUT]", "[GET, put]", $"12 permissionSet Files / only: methods holds \"put\", which is not an HTTP method in capitals. {MethodMend}")]
    [InlineData("[GET, PUT]", "[\"*\"]", $"12 permissionSet Files / only: methods holds \"*\", which is not an HTTP method in capitals. {MethodMend}")]
    [InlineData("[GET, PUT]", "[\"GET\\n\"]", $"12 permissionSet Files / only: methods holds \"GET\n\", which is not an HTTP method in capitals. {MethodMend}")]
    [InlineData("/status", "status", $"13 permissionSet Files / only: paths holds \"status\", which is not a plain path prefix. {PathMend}")]
    [InlineData("/status", "/a%2fb", $"13 permissionSet Files / only: paths holds \"/a%2fb\", which is not a plain path prefix. {PathMend}")]
    [InlineData("/status", "/a/../b", $"13 permissionSet Files / only: paths holds \"/a/../b\", which is not a plain path prefix. {PathMend}")]
    [InlineData("/status", "/a/.", $"13 permissionSet Files / only: paths holds \"/a/.\", which is not a plain path prefix. {PathMend}")]
    [InlineData("/status", "\"/a?b\"", $"13 permissionSet Files / only: paths holds \"/a?b\", which is not a plain path prefix. {PathMend}")]
    [InlineData("/status", "\"/a\\\\b\"", $"13 permissionSet Files / only: paths holds \"/a\\b\", which is not a plain path prefix. {PathMend}")]
    [InlineData("[inbox]", "[Outbox]", "14 permissionSet Files / only: namedCredentials names \"Outbox\", which is not declared. Name a named credential that is declared.")]
    [InlineData("[inbox]", "[Inbix]", "14 permissionSet Files / only: namedCredentials names \"Inbix\", which is not declared. Did you mean \"Inbox\"? Name a named credential that is declared.")]
    [InlineData("DynamoDB_20120810.GetItem", "DynamoDB GetItem", "19 permissionSet Tables / only: operations holds \"DynamoDB GetItem\", which is not a value of X-Amz-Target. Write it as DynamoDB_20120810.GetItem.")]
    [InlineData("operations: [DynamoDB_20120810.GetItem]", "methods: [POST]", "19 permissionSet Tables / only: a limit to methods or paths does not limit dynamodb, whose operation stands in X-Amz-Target (Table). List operations, such as DynamoDB_20120810.GetItem.")]
    [InlineData("operations: [DynamoDB_20120810.GetItem]", "paths: [/]", "19 permissionSet Tables / only: a limit to methods or paths does not limit dynamodb, whose operation stands in X-Amz-Target (Table). List operations, such as DynamoDB_20120810.GetItem.")]
    [InlineData("namedCredentials: [Inbox]", "methods: [POST]", $"24 permissionSet Queues / only: {InBody}")]
    [InlineData("namedCredentials: [Inbox]", "paths: [/]", $"24 permissionSet Queues / only: {InBody}")]
    [InlineData("namedCredentials: [Inbox]", "operations: [A.B]", $"24 permissionSet Queues / only: {InBody}")]
    [InlineData("{methods: [DELETE]}", "{operations: [A.B]}", "28 profile Services / only: operations does not limit s3, whose operation stands in method and path (Files). List methods and paths.")]
    [InlineData("[Files-P]\n    only: {methods: [DELETE]}", "[Files-P, queue-P]\n    only: {methods: [DELETE]}", $"28 profile Services / only: {InBody}")]
    public void Load_WhenALimitBreaksARule_SaysWhichAndWhere(string good, string bad, string expected)
    {
        var load = _folder.Load(Edited.Of(Good, good, bad));

        Assert.Null(load.Snapshot);
        Assert.Equal([expected], load.Faults.Select(f => $"{f.Line} {f.Text}"));
    }

    [Fact]
    public void Load_WhenOperationsAreListed_MethodsMayBeTooForTargetHeaders() =>
        Assert.Empty(_folder.Load(Edited.Of(Good, "operations: [DynamoDB_20120810.GetItem]", "{operations: [DynamoDB_20120810.GetItem], methods: [POST]}")).Faults);
}
