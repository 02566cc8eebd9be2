using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>Sessions of the gateway's STS: in a catalog, and by AWS's own client.</summary>
internal static class RgwSts
{
    /// <summary>A catalog with the named credential Objects, signed with a session of a role.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="role">ARN of the role.</param>
    /// <param name="sts">A field more of <c>sts</c>.</param>
    /// <param name="external">A field more of the external credential.</param>
    /// <param name="secret">The secret that asks for the role; the user's own when null.</param>
    public static string Catalog(RgwServer gateway, string role, string sts, string external = "", string? secret = null) =>
        $$"""
        externalCredentials:
          - name: Role
            label: Role
            authenticationProtocol: AwsSignatureV4
            service: s3
            region: eu-west-1
            variant: AssumeRole
            {{external}}
            sts:
              accessKey: {value: {{gateway.AccessKeyId}}}
              accessSecret: {value: {{secret ?? gateway.Secret}}}
              endpoint: {{gateway.Address}}
              {{sts}}
            principals:
              - {name: One, sequenceNumber: 1, roleArn: "{{role}}"}
        namedCredentials:
          - {name: Objects, label: Objects, url: "{{gateway.Address}}", externalCredential: Role}
        permissionSets:
          - {name: Everyone, callers: ["*"], principals: [Role-One]}

        """;

    public static async Task<Credentials> AssumeAsync(RgwServer gateway, string role, TimeSpan duration)
    {
        using var client = new AmazonSecurityTokenServiceClient(
            new BasicAWSCredentials(gateway.AccessKeyId, gateway.Secret),
            new AmazonSecurityTokenServiceConfig { ServiceURL = gateway.Address.AbsoluteUri, AuthenticationRegion = "eu-west-1" });
        var answer = await client.AssumeRoleAsync(
            new AssumeRoleRequest { RoleArn = role, RoleSessionName = "tests", DurationSeconds = (int)duration.TotalSeconds }, TestContext.Current.CancellationToken);
        return answer.Credentials;
    }
}
