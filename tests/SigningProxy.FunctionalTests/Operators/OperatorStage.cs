using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Operators;

/// <summary>A proxy with a session from STS, a static pair and a principal that lacks its keys; and a token for its operator.</summary>
public sealed class OperatorStage : IAsyncLifetime
{
    internal const string KeyId = "AKIDOPERATORS000";
    internal const string Secret = "a-made-up-secret-of-the-operator-tests";
    internal const string RoleArn = "arn:aws:iam::123456789012:role/Seen";
    internal const string Token = "the-token-of-the-operator-tests";

    private readonly string _folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;

    internal LocalAwsServer Aws { get; private set; } = null!;

    internal ProxyProcess Proxy { get; private set; } = null!;

    internal string TokenFile => Path.Combine(_folder, "token");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(TokenFile, $"{Token}\n");
        Aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Keys = [new LocalKey(KeyId, Secret)], Roles = [new LocalRole(RoleArn)] });
        Proxy = await ProxyProcess.StartAsync(Catalog(Aws.Address), "--set", $"SigningProxy:Operator:TokenFile={TokenFile}");
        await Wait.UntilAsync(() => Aws.Counts.AssumeRoleCalls == 1 && Proxy.Count("Obtained a session for Assumed-Role/One") == 1, "the first session is obtained");
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Aws.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs <c>signing-proxy sessions</c> over the operator's socket.</summary>
    internal Task<(int ExitCode, string Output, string Error)> SessionsAsync(params string[] arguments) =>
        ProxyProcess.RunAsync(["sessions", .. arguments, "--operator", $"unix:{Proxy.OperatorSocket}"]);

    internal static string Catalog(Uri aws) =>
        $$"""
        externalCredentials:
          - name: Assumed
            label: Assumed
            authenticationProtocol: AwsSignatureV4
            service: execute-api
            region: eu-west-1
            variant: AssumeRole
            sts:
              accessKey: {value: {{KeyId}}}
              accessSecret: {value: {{Secret}}}
              endpoint: {{aws}}
            principals:
              - name: Role/One
                sequenceNumber: 7
                roleArn: {{RoleArn}}
          - name: Static
            label: Static
            authenticationProtocol: AwsSignatureV4
            service: execute-api
            region: eu-west-1
            variant: AccessKey
            principals:
              - name: Pair
                sequenceNumber: 1
                accessKey: {value: {{KeyId}}}
                accessSecret: {value: {{Secret}}}
              - name: Keyless
                sequenceNumber: 2
                accessKey: {env: NOT_SET_BY_THE_OPERATOR_TESTS}
                accessSecret: {env: NOT_SET_BY_THE_OPERATOR_TESTS}
        namedCredentials:
          - name: Api
            label: Api
            url: {{aws}}
            externalCredential: Assumed
        permissionSets:
          - name: Everyone
            callers: ["*"]
            principals: [Assumed-Role/One]

        """;
}
