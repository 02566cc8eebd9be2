using SigningProxy.Catalog;

namespace SigningProxy.Tests.Configuration;

/// <summary>Every rule by one edit of a good catalog: what is said, and at which line.</summary>
public sealed class CatalogRulesTests : IDisposable
{
    private const string Good = """
        externalCredentials:
          - name: OrdersTable
            label: Orders table
            authenticationProtocol: AwsSignatureV4
            service: dynamodb
            region: eu-west-1
            awsAccountId: "123456789012"
            variant: AccessKey
            additionalStatusCodesForTokenRefresh: [419, 499, 600, 999]
            customHeaders:
              - {name: X-Team, value: orders, sequenceNumber: 1}
            signing: {pathEncoding: twice, normalizePath: on, contentSha256Header: on, sessionTokenMode: signed}
            principals:
              - name: Writer
                identityType: NamedPrincipal
                sequenceNumber: 1
                accessKey: {env: KEY}
                accessSecret: {env: SECRET}
              - name: Reader
                sequenceNumber: 2
                accessKey: {env: KEY}
                accessSecret: {env: SECRET}
          - name: Assumed
            label: Assumed
            authenticationProtocol: AwsSignatureV4
            service: sqs
            region: eu-west-1
            awsAccountId: "123456789012"
            variant: AssumeRole
            sts: {accessKey: {env: KEY}, accessSecret: {env: SECRET}, externalId: abc, durationSeconds: 900, region: eu-west-2, endpoint: "https://sts.example.com"}
            principals:
              - {name: Queue, sequenceNumber: 1, roleArn: "arn:aws:iam::123456789012:role/path/Queue"}
        namedCredentials:
          - name: Orders
            label: Orders
            url: https://dynamodb.eu-west-1.amazonaws.com
            externalCredential: OrdersTable
            enabledForCallouts: true
            allowMergeFieldsInHeader: true
            customHeaders:
              - {name: X-Caller, value: "{!$Caller.Name}", sequenceNumber: 1}
              - {name: X-Caller, value: again, sequenceNumber: 2}
            callerHeaders:
              remove: [Accept-Language]
              keepAs: [{name: Authorization, as: X-Original-Authorization}]
            signHost: dynamodb.example.com:8443
            listen: 8101
          - name: Queues
            label: Queues
            url: https://sqs.eu-west-1.amazonaws.com
            externalCredential: Assumed
            listen: 8102
        permissionSets:
          - name: Everyone
            label: Every one
            callers: ["*", local, orders-service, "jwt:https://issuer.example.com:sub-1"]
            principals: [OrdersTable-Reader, Assumed-Queue]
        profiles:
          - name: Services
            principals: [OrdersTable-Writer]
        callers:
          - name: orders-service
            profile: services

        """;

    private readonly CatalogFolder _folder = new() { Environment = { ["KEY"] = "AKIDEXAMPLE000000001", ["SECRET"] = "canary-secret" } };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WhenGood_HasNoFaultAndNoWarning()
    {
        var load = _folder.Load(Good);
        Assert.Empty(load.Faults);
        Assert.Empty(load.Warnings);
    }

    [Theory]
    [InlineData("    label: Orders table\n", "", 2, "label is missing")]
    [InlineData("label: Orders table", "label: \"\"", 3, "label must have 1 to 80 characters")]
    [InlineData("label: Orders table", "label: \"a\\u0007\"", 3, "label must have 1 to 80 characters")]
    [InlineData("label: Orders table", "label: [a]", 3, "label must be a text")]
    [InlineData("label: Every one", "label: \"\"", 55, "label must have 1 to 80 characters")]
    [InlineData("  - name: OrdersTable", "  - name: Orders__Table", 2, "name must begin with a letter")]
    [InlineData("  - name: Assumed", "  - name: ordersTABLE", 23, "another external credential has this name at ")]
    [InlineData("  - name: Queues", "  - name: orders", 48, "another named credential has this name at ")]
    [InlineData("    authenticationProtocol: AwsSignatureV4\n    service: dynamodb", "    service: dynamodb", 2, "authenticationProtocol is missing")]
    [InlineData("authenticationProtocol: AwsSignatureV4\n    service: dynamodb", "authenticationProtocol: AwsSignatureV5\n    service: dynamodb", 4, "authenticationProtocol does not know \"AwsSignatureV5\"")]
    [InlineData("    service: dynamodb\n", "", 2, "service is missing")]
    [InlineData("service: dynamodb", "service: DynamoDB", 5, "service must be an AWS signing name")]
    [InlineData("region: eu-west-1\n    awsAccountId: \"123456789012\"\n    variant: AccessKey", "awsAccountId: \"123456789012\"", 2, "region is missing")]
    [InlineData("service: dynamodb\n    region: eu-west-1", "service: dynamodb\n    region: eu-west-1,eu-west-2", 6, "region must be one region")]
    [InlineData("service: dynamodb\n    region: eu-west-1", "service: dynamodb\n    region: \"*\"", 6, "region must be one region")]
    [InlineData("AwsSignatureV4\n    service: dynamodb\n    region: eu-west-1", "AwsSignatureV4a\n    service: dynamodb\n    region: \"eu-west-1, *\"", 6, "region must be a region set")]
    [InlineData("AwsSignatureV4\n    service: sqs\n    region: eu-west-1\n    awsAccountId: \"123456789012\"\n    variant: AssumeRole\n    sts: {accessKey: {env: KEY}, accessSecret: {env: SECRET}, externalId: abc, durationSeconds: 900, region: eu-west-2,", "AwsSignatureV4a\n    service: sqs\n    region: \"*\"\n    awsAccountId: \"123456789012\"\n    variant: AssumeRole\n    sts: {accessKey: {env: KEY}, accessSecret: {env: SECRET},", 30, "sts needs a region of its own, for STS is asked in one and \"*\" names several")]
    [InlineData("awsAccountId: \"123456789012\"\n    variant: AccessKey", "awsAccountId: 1234\n    variant: AccessKey", 7, "awsAccountId must have 12 digits")]
    [InlineData("variant: AccessKey", "variant: Accesskey", 8, "variant does not know \"Accesskey\"")]
    [InlineData("[419, 499, 600, 999]", "[399]", 9, "additionalStatusCodesForTokenRefresh must list codes of 400 to 499 or 600 to 999, and 399 is none")]
    [InlineData("[419, 499, 600, 999]", "[500]", 9, "additionalStatusCodesForTokenRefresh must list codes of 400 to 499 or 600 to 999, and 500 is none")]
    [InlineData("[419, 499, 600, 999]", "[1000]", 9, "additionalStatusCodesForTokenRefresh must list codes of 400 to 499 or 600 to 999, and 1000 is none")]
    [InlineData("[419, 499, 600, 999]", "419", 9, "additionalStatusCodesForTokenRefresh must be a list")]
    [InlineData("[419, 499, 600, 999]", "[\"419\"]", 9, "additionalStatusCodesForTokenRefresh[0] must be a whole number")]
    [InlineData("name: X-Team", "name: Host", 11, "name Host is set by the signer")]
    [InlineData("name: X-Team", "name: x-amz-region-set", 11, "name x-amz-region-set is set by the signer")]
    [InlineData("name: X-Team", "name: X Team", 11, "name must be a header name")]
    [InlineData("value: orders, ", "", 11, "value is missing")]
    [InlineData("value: orders, ", "value: \"a\\nb\", ", 11, "value holds a character that a header cannot carry")]
    [InlineData("value: orders, ", "value: {env: NONE}, ", 11, "value: the environment variable NONE is not set")]
    [InlineData("value: orders, sequenceNumber: 1", "value: orders, sequenceNumber: 0", 11, "sequenceNumber must be a whole number of 1 or more")]
    [InlineData("pathEncoding: twice", "pathEncoding: thrice", 12, "pathEncoding does not know \"thrice\"")]
    [InlineData("normalizePath: on", "normalizePath: true", 12, "normalizePath does not know \"true\"")]
    [InlineData("contentSha256Header: on", "contentSha256Header: yes", 12, "contentSha256Header does not know \"yes\"")]
    [InlineData("sessionTokenMode: signed", "sessionTokenMode: before", 12, "sessionTokenMode does not know \"before\"")]
    [InlineData("identityType: NamedPrincipal", "identityType: PerUserPrincipal", 15, "identityType does not know \"PerUserPrincipal\"")]
    [InlineData("        sequenceNumber: 2\n", "", 19, "sequenceNumber is missing")]
    [InlineData("sequenceNumber: 2\n        accessKey", "sequenceNumber: 1\n        accessKey", 20, "sequenceNumber 1 is also that of principal Writer")]
    [InlineData("sequenceNumber: 2\n        accessKey", "sequenceNumber: -1\n        accessKey", 20, "sequenceNumber must be a whole number of 1 or more")]
    [InlineData("sequenceNumber: 2\n        accessKey", "sequenceNumber: 2.5\n        accessKey", 20, "sequenceNumber must be a whole number")]
    [InlineData("accessKey: {env: KEY}\n        accessSecret: {env: SECRET}\n      - name: Reader", "roleArn: arn:aws:iam::123456789012:role/X\n      - name: Reader", 17, "roleArn belongs to the variants AssumeRole and RolesAnywhere")]
    [InlineData("accessKey: {env: KEY}\n        accessSecret: {env: SECRET}\n      - name: Reader", "accessKey: {env: SECRET}\n        accessSecret: {env: SECRET}\n      - name: Reader", 17, "accessKey leads to a text that is no access key id")]
    [InlineData("accessKey: {env: KEY}\n        accessSecret: {env: SECRET}\n      - name: Reader", "accessKey: canary-secret\n        accessSecret: {env: SECRET}\n      - name: Reader", 17, "accessKey must be a reference to a secret")]
    [InlineData("accessKey: {env: KEY}\n        accessSecret: {env: SECRET}\n      - name: Reader", "accessKey: {env: KEY}\n        accessSecret: {env: A, file: B}\n      - name: Reader", 18, "accessSecret must be read from exactly one place")]
    [InlineData("accessKey: {env: KEY}\n        accessSecret: {env: SECRET}\n      - name: Reader", "accessKey: {env: KEY}\n        accessSecret: {}\n      - name: Reader", 18, "accessSecret must be read from exactly one place")]
    [InlineData("accessKey: {env: KEY}\n        accessSecret: {env: SECRET}\n      - name: Reader", "accessKey: {env: KEY}\n        accessSecret: {value: \" \"}\n      - name: Reader", 18, "accessSecret is blank")]
    [InlineData("variant: AssumeRole", "variant: RolesAnywhere", 30, "sts belongs to the variant AssumeRole, and this one is RolesAnywhere")]
    [InlineData("externalId: abc", "externalId: a", 30, "externalId must have 2 to 1224 characters")]
    [InlineData("durationSeconds: 900", "durationSeconds: 899", 30, "durationSeconds must be 900 to 43200")]
    [InlineData("durationSeconds: 900", "durationSeconds: 43201", 30, "durationSeconds must be 900 to 43200")]
    [InlineData("region: eu-west-2", "region: EU", 30, "region must be one region")]
    [InlineData("https://sts.example.com", "http://sts.example.com", 30, "endpoint may be plain http only to a loopback address")]
    [InlineData("roleArn: \"arn:aws:iam::123456789012:role/path/Queue\"", "roleArn: Queue", 32, "roleArn is not the ARN of an IAM role")]
    [InlineData("roleArn: \"arn:aws:iam::123456789012:role/path/Queue\"", "roleArn: \"arn:aws:iam::210987654321:role/Queue\"", 32, "roleArn is of another account than awsAccountId 123456789012")]
    [InlineData("roleArn: \"arn:aws:iam::123456789012:role/path/Queue\"", "roleArn: \"arn:aws:iam::123456789012:role/Queue\", accessKey: {env: KEY}", 32, "accessKey belongs to the variant AccessKey")]
    [InlineData("    url: https://dynamodb.eu-west-1.amazonaws.com\n", "", 34, "url is missing")]
    [InlineData("url: https://dynamodb.eu-west-1.amazonaws.com", "url: http://example.com", 36, "url may be plain http only to a loopback address")]
    [InlineData("    externalCredential: OrdersTable\n", "", 34, "externalCredential is missing")]
    [InlineData("externalCredential: OrdersTable", "externalCredential: OrderTable", 37, "externalCredential names \"OrderTable\", which is not declared")]
    [InlineData("enabledForCallouts: true", "enabledForCallouts: \"true\"", 38, "enabledForCallouts must be true or false")]
    [InlineData("enabledForCallouts: true", "enabledForCallouts: on", 38, "enabledForCallouts must be true or false")]
    [InlineData("enabledForCallouts: true", "enabledForCallout: true", 38, "there is no field enabledForCallout")]
    [InlineData("{!$Caller.Name}", "{!$Caller.Nmae}", 41, "value holds the unknown merge field {!$Caller.Nmae}")]
    [InlineData("remove: [Accept-Language]", "remove: [\"Accept Language\"]", 44, "remove must name a header that callers send")]
    [InlineData("remove: [Accept-Language]", "remove: [X-SigningProxy-Caller]", 44, "remove must name a header that callers send")]
    [InlineData("as: X-Original-Authorization", "as: X-Amz-Date", 45, "as X-Amz-Date is set by the signer")]
    [InlineData("[{name: Authorization, as: X-Original-Authorization}]", "[{name: A, as: B}, {name: a, as: C}]", 45, "another entry of keepAs has this name")]
    [InlineData("signHost: dynamodb.example.com:8443", "signHost: https://dynamodb.example.com", 46, "signHost must be a host")]
    [InlineData("listen: 8101", "listen: 0", 47, "listen must be a port of 1 to 65535")]
    [InlineData("listen: 8101", "listen: 65536", 47, "listen must be a port of 1 to 65535")]
    [InlineData("listen: 8102", "listen: 8101", 52, "listen 8101 is also the port of named credential Orders")]
    [InlineData("listen: 8102", "clientCertificate: Mine", 52, "clientCertificate names \"Mine\", which is not declared")]
    [InlineData("listen: 8102", "certificateAuthorities: {file: none.pem}", 52, "the file ")]
    [InlineData("local, orders-service,", "local, order-service,", 56, "callers names \"order-service\", which is not declared")]
    [InlineData("\"jwt:https://issuer.example.com:sub-1\"", "\"jwt:sub-1\"", 56, "callers names \"jwt:sub-1\", which is not declared")]
    [InlineData("    callers: [\"*\", local, orders-service, \"jwt:https://issuer.example.com:sub-1\"]\n", "", 54, "callers is missing")]
    [InlineData("    principals: [OrdersTable-Reader, Assumed-Queue]\n", "", 54, "principals is missing")]
    [InlineData("OrdersTable-Reader", "OrdersTable", 57, "principals holds \"OrdersTable\", which is not written as ExternalCredential-PrincipalName")]
    [InlineData("OrdersTable-Reader", "OrdersTable-reader", 57, "principals names \"OrdersTable-reader\", but there is no principal reader of external credential OrdersTable")]
    [InlineData("OrdersTable-Reader", "Orderstabel-Reader", 57, "principals names \"Orderstabel-Reader\", but there is no external credential Orderstabel")]
    [InlineData("[OrdersTable-Writer]", "[OrdersTable-Nobody]", 60, "principals names \"OrdersTable-Nobody\"")]
    [InlineData("profile: services", "profile: Service", 63, "profile names \"Service\", which is not declared")]
    [InlineData("profile: services", "profile: [Services, Other]", 63, "profile must be a text")]
    [InlineData("  - name: orders-service\n", "  - name: orders-service\n  - name: orders-service\n", 63, "another caller has this name")]
    [InlineData("namedCredentials:\n", "namedCredential:\n", 33, "there is no field namedCredential")]
    public void Load_WhenARuleIsBroken_SaysSoAtItsLine(string good, string bad, int line, string rule)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var at = Good.IndexOf(good, StringComparison.Ordinal);
        var load = _folder.Load(Good[..at] + bad + Good[(at + good.Length)..]);

        Assert.Null(load.Snapshot);
        Assert.Contains(load.Faults, f => f.Rule.StartsWith(rule, StringComparison.Ordinal));
        var fault = load.Faults.First(f => f.Rule.StartsWith(rule, StringComparison.Ordinal));
        Assert.Equal(line, fault.Line);
        Assert.EndsWith(".", fault.Mend, StringComparison.Ordinal);
        Assert.All(load.Faults.Concat(load.Warnings), f => Assert.DoesNotContain("canary", f.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[419, 499, 600, 999]", "[401]", "additionalStatusCodesForTokenRefresh lists 401, which refreshes anyway")]
    [InlineData("[419, 499, 600, 999]", "[400]", "additionalStatusCodesForTokenRefresh lists 400, which mostly says")]
    [InlineData("[419, 499, 600, 999]", "[403]", "additionalStatusCodesForTokenRefresh lists 403, which mostly says")]
    [InlineData("service: sqs", "service: execute-api", "API Gateway answers an expired token with 403")]
    [InlineData("accessKey: {env: KEY}\n", "accessKey: {value: AKIDEXAMPLE000000001}\n", "accessKey is written into the catalog itself")]
    [InlineData("accessKey: {env: KEY}\n", "accessKey: {env: NONE}\n", "it is NotConfigured, and calls that need it are refused: accessKey: the environment variable NONE is not set")]
    [InlineData("        accessKey: {env: KEY}\n        accessSecret: {env: SECRET}\n", "", "it is NotConfigured, and calls that need it are refused: accessKey is missing; accessSecret is missing")]
    [InlineData("    sts: {", "    #", "it is NotConfigured, and calls that need it are refused: sts.accessKey is missing; sts.accessSecret is missing")]
    [InlineData(", roleArn: \"arn:aws:iam::123456789012:role/path/Queue\"", "", "it is NotConfigured, and calls that need it are refused: roleArn is missing")]
    [InlineData("url: https://dynamodb.eu-west-1", "url: https://bedrock-runtime.eu-west-1", "bedrock-runtime.eu-west-1.amazonaws.com signs as bedrock, and external credential OrdersTable has service dynamodb")]
    [InlineData("url: https://dynamodb.eu-west-1", "url: https://dynamodb.us-east-1", "dynamodb.us-east-1.amazonaws.com is in region us-east-1, and external credential OrdersTable has region eu-west-1")]
    [InlineData("AwsSignatureV4\n    service: dynamodb\n    region: eu-west-1", "AwsSignatureV4a\n    service: dynamodb\n    region: \"us-*,ap-south-1\"", "dynamodb.eu-west-1.amazonaws.com is in region eu-west-1, and external credential OrdersTable has region us-*,ap-south-1")]
    [InlineData("url: https://dynamodb.eu-west-1.", "url: https://mine.mrap.accesspoint.s3-global.", "mine.mrap.accesspoint.s3-global.amazonaws.com is a multi-region access point, and external credential OrdersTable signs for one region")]
    [InlineData("url: https://dynamodb.eu-west-1", "url: https://sts.eu-west-1", "the destination is STS, whose answers hold keys")]
    [InlineData("    allowMergeFieldsInHeader: true\n", "", "value holds a merge field that goes out as it stands")]
    public void Load_WhenUnwise_WarnsAndGoesOn(string good, string bad, string rule)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var at = Good.IndexOf(good, StringComparison.Ordinal);
        var load = _folder.Load(Good[..at] + bad + Good[(at + good.Length)..]);

        Assert.Empty(load.Faults);
        Assert.NotNull(load.Snapshot);
        Assert.Contains(load.Warnings, f => f.Rule.StartsWith(rule, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AwsSignatureV4\n    service: dynamodb\n    region: eu-west-1", "AwsSignatureV4a\n    service: dynamodb\n    region: \"eu-west-1,us-*\"")]
    [InlineData("AwsSignatureV4\n    service: sqs\n    region: eu-west-1", "AwsSignatureV4a\n    service: sqs\n    region: \"*\"")]
    [InlineData("AwsSignatureV4\n    service: sqs\n    region: eu-west-1\n    awsAccountId: \"123456789012\"\n    variant: AssumeRole\n    sts: {accessKey: {env: KEY}, accessSecret: {env: SECRET}, externalId: abc, durationSeconds: 900, region: eu-west-2,", "AwsSignatureV4a\n    service: sqs\n    region: eu-west-1\n    awsAccountId: \"123456789012\"\n    variant: AssumeRole\n    sts: {accessKey: {env: KEY}, accessSecret: {env: SECRET},")]
    [InlineData("durationSeconds: 900", "durationSeconds: 43200")]
    [InlineData("url: https://dynamodb.eu-west-1.amazonaws.com", "allowPlainHttp: true\n    url: http://example.com")]
    [InlineData("listen: 8101", "listen: 65535")]
    [InlineData("label: Every one", "label:")]
    public void Load_WhenAtTheEdge_IsGood(string good, string edge)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        Assert.Empty(_folder.Load(Good.Replace(good, edge, StringComparison.Ordinal)).Faults);
    }

    [Theory]
    [InlineData(80, true)]
    [InlineData(81, false)]
    public void Load_TakesNamesAndLabelsOf80CharactersAndNoMore(int length, bool good)
    {
        var word = new string('x', length);
        Assert.Equal(good, _folder.Load(Good.Replace("label: Orders table", $"label: {word}", StringComparison.Ordinal)).Faults.Count == 0);
        Assert.Equal(good, _folder.Load(Good.Replace("name: Queues", $"name: {word}", StringComparison.Ordinal)).Faults.Count == 0);
        Assert.Equal(good, _folder.Load(Good.Replace("Reader", word, StringComparison.Ordinal)).Faults.Count == 0);
        Assert.Equal(good, _folder.Load(Good.Replace("orders-service", word, StringComparison.Ordinal)).Faults.Count == 0);
    }

    [Theory]
    [InlineData("\" Reader\"")]
    [InlineData("\"Reader \"")]
    [InlineData("\"Rea\\tder\"")]
    [InlineData("\"\"")]
    public void Load_WhenAParameterNameIsBad_SaysSo(string name) => Assert.Contains(
        _folder.Load(Good.Replace("name: Reader", $"name: {name}", StringComparison.Ordinal)).Faults,
        f => f.Rule.StartsWith("name must have 1 to 80 characters", StringComparison.Ordinal));

    [Theory]
    [InlineData("\"*\"")]
    [InlineData("a:b:c")]
    public void Load_WhenACallerTakesAnothersName_SaysSo(string name) => Assert.Contains(
        _folder.Load(Good.Replace("  - name: orders-service", $"  - name: {name}", StringComparison.Ordinal)).Faults,
        f => f.Rule.StartsWith("name must have 1 to 80 characters, no colon", StringComparison.Ordinal));

    [Fact]
    public void Load_WhenCallersAreOneInTheOtherCase_TakesBoth()
    {
        var load = _folder.Load(Good + "  - name: Orders-Service\n");
        Assert.Empty(load.Faults);
        Assert.Equal(2, load.Snapshot!.Callers.Count);
    }

    [Fact]
    public void Load_CarriesEveryFieldIntoTheSnapshot()
    {
        var snapshot = _folder.Load(Good).Snapshot!;
        var orders = snapshot.NamedCredentials["Orders"];
        Assert.Equal(["X-Caller", "X-Caller"], orders.CustomHeaders.Select(h => h.Name));
        Assert.Equal(["{!$Caller.Name}", "again"], orders.CustomHeaders.Select(h => h.Value.Reveal()));
        Assert.Contains("accept-language", orders.CallerHeaders.Remove);
        Assert.Equal("X-Original-Authorization", orders.CallerHeaders.KeepAs["authorization"]);
        Assert.Equal("dynamodb.example.com:8443", orders.SignHost);
        Assert.Same(orders, snapshot.ByListenPort[8101]);
        Assert.True(orders.AllowMergeFieldsInHeader);
        Assert.Equal([419, 499, 600, 999], orders.ExternalCredential.AdditionalStatusCodesForTokenRefresh);
        Assert.Equal(["Writer", "Reader"], orders.ExternalCredential.Principals.Select(p => p.Name));
        var sts = snapshot.ExternalCredentials["assumed"].Sts!;
        Assert.Equal("AKIDEXAMPLE000000001", sts.AccessKey!.Reveal());
        Assert.Equal("canary-secret", sts.AccessSecret!.Reveal());
        Assert.Equal(TimeSpan.FromSeconds(900), sts.Duration);
        Assert.Equal(new Uri("https://sts.example.com"), sts.Endpoint);
        Assert.Equal("arn:aws:iam::123456789012:role/path/Queue", snapshot.ExternalCredentials["Assumed"].Principals[0].RoleArn);
    }

    [Fact]
    public void Load_OrdersHeadersAndPrincipalsByTheirNumbers()
    {
        var snapshot = _folder.Load("""
            externalCredentials:
              - name: E
                label: E
                authenticationProtocol: AwsSignatureV4
                service: s3
                region: auto
                signing: {pathEncoding: twice}
                customHeaders: [{name: C, value: c}, {name: B, value: b, sequenceNumber: 9}, {name: A, value: a, sequenceNumber: 3}]
                principals: [{name: second, sequenceNumber: 20}, {name: first, sequenceNumber: 10}]
            """).Snapshot!;
        Assert.Equal(["A", "B", "C"], snapshot.ExternalCredentials["E"].CustomHeaders.Select(h => h.Name));
        Assert.Equal(["first", "second"], snapshot.ExternalCredentials["E"].Principals.Select(p => p.Name));
        Assert.Equal(global::SigningProxy.SigV4.PathEncoding.Twice, snapshot.ExternalCredentials["E"].Signing.PathEncoding);
        Assert.Equal(global::SigningProxy.SigV4.PathNormalization.Off, snapshot.ExternalCredentials["E"].Signing.PathNormalization);
    }

    [Theory]
    [InlineData("eu-central-1", "aws", null)]
    [InlineData("eu-west-1", "aws", "profileArn is of another region or partition than trustAnchorArn")]
    [InlineData("eu-central-1", "aws-cn", "profileArn is of another region or partition than trustAnchorArn")]
    [InlineData("eu-central-1", "aws-x", "profileArn is not the ARN of a Roles Anywhere profile")]
    public void Load_WhenRolesAnywhere_WantsBothArnsInOneRegion(string region, string partition, string? rule)
    {
        var load = _folder.Load($$"""
            externalCredentials:
              - name: E
                label: E
                authenticationProtocol: AwsSignatureV4
                service: s3
                region: eu-central-1
                variant: RolesAnywhere
                rolesAnywhere:
                  trustAnchorArn: arn:aws:rolesanywhere:eu-central-1:123456789012:trust-anchor/01234567-89ab-cdef-0123-456789abcdef
                  profileArn: arn:{{partition}}:rolesanywhere:{{region}}:123456789012:profile/01234567-89ab-cdef-0123-456789abcdef
                principals: [{name: P, sequenceNumber: 1, roleArn: "arn:aws:iam::123456789012:role/R"}]
            """);
        Assert.Equal(rule, load.Faults.SingleOrDefault()?.Rule);
        if (rule is null)
            Assert.Equal(["rolesAnywhere.certificate is missing"], load.Snapshot!.ExternalCredentials["E"].Principals[0].Missing);
    }

    [Theory]
    [InlineData("variant: AccesKey", "Did you mean \"AccessKey\"? Write AccessKey or AssumeRole or RolesAnywhere.")]
    [InlineData("variant: password", "Write AccessKey or AssumeRole or RolesAnywhere.")]
    public void Load_WhenAWordIsNear_AsksWhetherItWasMeant(string variant, string mend) =>
        Assert.Equal(mend, Assert.Single(_folder.Load(Good.Replace("variant: AccessKey", variant, StringComparison.Ordinal)).Faults, f => f.Severity == FaultSeverity.Error).Mend);
}
