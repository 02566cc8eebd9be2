using SigningProxy.Catalog;
using SigningProxy.Configuration;
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

    [Theory]
    [InlineData("file: a.pem, content: {env: PEM}", "content stands beside a file, and a certificate is read from one place")]
    [InlineData("keyFile: a.pem, content: {env: PEM}", "content stands beside a file, and a certificate is read from one place")]
    [InlineData("content: {env: PEM, file: a.pem}", "content must be read from exactly one place")]
    [InlineData("content: {env: PEM}", "the file content is neither PEM nor a PKCS#12 file with an RSA or ECDSA key that can be read")]
    [InlineData("content: {env: NONE}", "the environment variable NONE is not set")]
    [InlineData("keyFile: a.pem", "file is missing")]
    public void Load_WhenACertificateIsNotWhole_SaysWhy(string fields, string rule)
    {
        _folder.Environment["PEM"] = "no certificate";

        var load = _folder.Load($"certificates: [{{name: Tls, {fields}}}]");

        Assert.Equal(["certificate Tls: " + rule], load.Faults.Select(f => $"{f.Entry}: {f.Rule}"));
    }

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

    [Fact]
    public void Load_WhenAFolder_JoinsItsFilesInOrder()
    {
        _folder.Environment["ORDERS_KEY_ID"] = "AKIDEXAMPLE0000000001";
        _folder.Write("orders-secret", "x");
        var parts = Orders.Split("permissionSets:");
        _folder.Write("b.yml", "permissionSets:" + parts[1]);
        _folder.Write("a.yaml", parts[0]);
        _folder.Write("notes.txt", "no: catalog");
        _folder.Write(".hidden.yaml", "no: catalog");
        _folder.Write("..2026/c.yaml", "no: catalog");
        _folder.Write("deeper/c.yaml", "no: catalog");

        var load = _folder.Loader(_folder.Path).Load(null);

        Assert.Empty(load.Faults);
        Assert.Equal(new EntryCounts(1, 1, 1, 0, 1, 1, 1), load.Counts);
    }

    [Fact]
    public void Load_WhenTwoFilesShareAName_NamesTheOtherPlace()
    {
        _folder.Write("a.yaml", "profiles: [{name: Services, principals: []}]");
        _folder.Write("b.yaml", "\nprofiles: [{name: SERVICES, principals: []}]");

        var fault = Assert.Single(_folder.Loader(_folder.Path).Load(null).Faults);

        Assert.Equal($"another profile has this name at {_folder.Path}/a.yaml:1", fault.Rule);
        Assert.Equal(($"{_folder.Path}/b.yaml", 2), (fault.File, fault.Line));
    }

    [Fact]
    public void Load_WhenOneFileIsBroken_TellsTheFaultsOfTheOthersToo()
    {
        _folder.Write("a.yaml", "profiles: [{");
        _folder.Write("b.yaml", "profiles: [{}]\nprofiles: []");
        _folder.Write("c.yaml", "- profiles");
        _folder.Write("d.yaml", "profiles: [{name: Services}]");
        File.WriteAllBytes(_folder.Write("e.yaml", ""), [0xff, 0xfe, 0x00]);

        var faults = _folder.Loader(_folder.Path).Load(null).Faults;

        Assert.Equal(["a.yaml", "b.yaml", "c.yaml", "d.yaml", "e.yaml"], faults.Select(f => Path.GetFileName(f.File)));
        Assert.StartsWith("this is no YAML", faults[0].Rule, StringComparison.Ordinal);
        Assert.Equal("the key of line 1 stands here again", faults[1].Rule);
        Assert.Equal("a catalog must be a list of sections with their entries", faults[2].Rule);
        Assert.Equal("principals is missing", faults[3].Rule);
        Assert.EndsWith("is not text in UTF-8", faults[4].Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhenThereIsNoCatalog_SaysWhere()
    {
        Assert.Equal($"the file {_folder.Catalog} does not exist", Assert.Single(_folder.Load().Faults).Rule);
        Assert.Equal("the folder holds no *.yaml or *.yml file", Assert.Single(_folder.Loader(_folder.Path).Load(null).Faults).Rule);
    }

    [Fact]
    public void Load_WhenEmpty_IsAnEmptyCatalog()
    {
        var load = _folder.Load("# nothing yet\n");
        Assert.Empty(load.Faults);
        Assert.Empty(load.Snapshot!.NamedCredentials);
    }

    [Fact]
    public void Load_WhenAFileIsGiant_DoesNotReadItWhole()
    {
        using (var file = File.Create(_folder.Catalog))
            file.SetLength(CatalogFiles.MaximumBytes + 1L);
        Assert.Equal($"the file {_folder.Catalog} has more than 4096 KiB", Assert.Single(_folder.Load().Faults).Rule);
    }

    [Fact]
    public void Load_WhenAFolderHasTooManyFiles_ReadsNone()
    {
        for (var i = 0; i <= CatalogFiles.MaximumFiles; i++)
            _folder.Write($"{i}.yaml", "");
        Assert.Equal("the folder holds more than 1000 catalog files", Assert.Single(_folder.Loader(_folder.Path).Load(null).Faults).Rule);
    }

    [Fact]
    public void Load_WhenASecretIsMissingAtFirst_LoadsAsNotConfigured()
    {
        _folder.Environment["ORDERS_KEY_ID"] = "AKIDEXAMPLE0000000001";

        var load = _folder.Load(Orders);

        var principal = Assert.Single(load.Snapshot!.ExternalCredentials["OrdersTable"].Principals);
        Assert.Null(principal.Keys);
        Assert.Equal([$"accessSecret: the file {_folder.Path}/orders-secret does not exist"], principal.Missing);
        Assert.Equal(9, Assert.Single(load.Warnings).Line);
    }

    [Theory]
    [InlineData("{file: orders-secret}")]
    [InlineData("{file: another-secret}")]
    public void Load_WhenASecretIsLostLater_IsAnErrorSoThatGoodKeysStay(string reference)
    {
        _folder.Environment["ORDERS_KEY_ID"] = "AKIDEXAMPLE0000000001";
        _folder.Write("orders-secret", "x");
        var good = _folder.Load(Orders).Snapshot;
        File.Delete(Path.Combine(_folder.Path, "orders-secret"));

        var load = _folder.Load(Orders.Replace("{file: orders-secret}", reference, StringComparison.Ordinal), good);

        Assert.Null(load.Snapshot);
        Assert.StartsWith("accessSecret: the file ", Assert.Single(load.Faults).Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhenASecretIsTakenOutOfTheCatalog_LoadsAsNotConfigured()
    {
        _folder.Environment["ORDERS_KEY_ID"] = "AKIDEXAMPLE0000000001";
        _folder.Write("orders-secret", "x");
        var good = _folder.Load(Orders).Snapshot;

        var load = _folder.Load(Orders.Replace("        accessSecret: {file: orders-secret}\n", "", StringComparison.Ordinal), good);

        Assert.Empty(load.Faults);
        Assert.Equal(2, load.Snapshot!.Revision);
        Assert.Equal(["accessSecret is missing"], load.Snapshot.ExternalCredentials["OrdersTable"].Principals[0].Missing);
    }

    [Fact]
    public void Load_WhenNothingChanged_HasTheSameHash_AndAnotherWhenASecretDid()
    {
        _folder.Environment["ORDERS_KEY_ID"] = "AKIDEXAMPLE0000000001";
        _folder.Write("orders-secret", "x");
        var hash = _folder.Load(Orders).ContentHash;
        Assert.Equal(hash, _folder.Load().ContentHash);

        _folder.Write("orders-secret", "y");
        var other = _folder.Load().ContentHash;
        Assert.NotEqual(hash, other);
        _folder.Environment["ORDERS_KEY_ID"] = "AKIDEXAMPLE0000000002";
        Assert.NotEqual(other, _folder.Load().ContentHash);
    }

    [Fact]
    public void Load_WhenSecretsAreEverywhereTheyCanGoWrong_RepeatsNone()
    {
        _folder.Environment["BAD_KEY"] = "canary key";
        _folder.Environment["BAD_HEADER"] = "canary\r\nX-Evil: 1";
        _folder.Write("bad.pem", "-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----\n");
        var load = _folder.Load("""
            externalCredentials:
              - name: E
                label: E
                authenticationProtocol: AwsSignatureV4
                service: s3
                region: eu-west-1
                customHeaders:
                  - {name: X-A, value: {env: BAD_HEADER}}
                  - {name: X-B, value: {value: canary}}
                  - {name: X-C, value: "canary\u0001"}
                  - {name: X-D, value: [canary]}
                principals:
                  - {name: A, sequenceNumber: 1, accessKey: canary, accessSecret: [canary]}
                  - {name: B, sequenceNumber: 2, accessKey: {value: canary key}, accessSecret: {env: BAD_KEY, value: canary}}
                  - {name: C, sequenceNumber: 3, accessKey: {env: BAD_KEY}, accessSecret: {value: [canary]}}
                  - {name: D, sequenceNumber: 4, accessKey: {env: BAD_KEY}, accessSecret: {value: {canary: 1}}}
            namedCredentials:
              - {name: N, label: N, url: "https://canary:canary@example.com/?canary", externalCredential: E, clientCertificate: C}
            certificates:
              - {name: C, file: bad.pem, password: {value: canary}}
              - {name: D, file: bad.pem, password: canary}
            """);

        var text = new StringWriter();
        CatalogReport.WriteText(load, text);
        Assert.Null(load.Snapshot);
        Assert.True(load.Faults.Count > 10);
        Assert.DoesNotContain("canary", text.ToString() + string.Concat(load.Faults) + string.Concat(load.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhenMuchIsWrong_TellsAllOfItAtOnce()
    {
        var load = _folder.Load("""
            externalCredentials:
              - name: Orders Table
                label: Orders table
                authenticationProtocol: AwsSignatureV4
                servce: dynamodb
                region: eu-west-1
                variant: AsumeRole
                principals:
                  - name: Writer
                    sequenceNumber: 1
                    accessKey: AKIDEXAMPLE0000000001
                  - name: Reader
                    sequenceNumber: 1
            namedCredentials:
              - name: Orders
                url: http://dynamodb.eu-west-1.amazonaws.com
                externalCredential: OrdersTable
                listen: 70000
            permissionSets:
              - name: Everyone
                callers: [orders-servic]
                principals: [OrdersTable-Writer]
            callers:
              - name: orders-service
                profile: Services
            """);

        var text = new StringWriter();
        CatalogReport.WriteText(load, text);

        Assert.Equal("""
            FILE:2: error: externalCredential Orders Table: name must begin with a letter, hold only letters, digits and single underscores, not end with one, and have at most 80 characters. Rename it, such as to OrdersTable or Orders_Table.
            FILE:2: error: externalCredential Orders Table: service is missing. Write AWS's signing name of the service, such as dynamodb.
            FILE:5: error: externalCredential Orders Table: there is no field servce. Did you mean "service"? There are name, label, authenticationProtocol, service, region, awsAccountId, variant, sts, rolesAnywhere, additionalStatusCodesForTokenRefresh, customHeaders, signing, allowedHosts, principals.
            FILE:7: error: externalCredential Orders Table: variant does not know "AsumeRole". Did you mean "AssumeRole"? Write AccessKey or AssumeRole or RolesAnywhere.
            FILE:11: error: externalCredential Orders Table / principal Writer: accessKey must be a reference to a secret. Write {env: NAME} or {file: PATH}, or {value: TEXT} for what need not be secret.
            FILE:13: error: externalCredential Orders Table / principal Reader: sequenceNumber 1 is also that of principal Writer. Give every principal a number of its own; the lowest that a caller may use wins.
            FILE:15: error: namedCredential Orders: label is missing. Give it a label for people to read.
            FILE:16: error: namedCredential Orders: url may be plain http only to a loopback address. Write https, or set allowPlainHttp: true if the request may cross the network unencrypted.
            FILE:17: error: namedCredential Orders: externalCredential names "OrdersTable", which is not declared. Did you mean "Orders Table"? Declare it under externalCredentials.
            FILE:18: error: namedCredential Orders: listen must be a port of 1 to 65535. Choose a free port, such as 8101.
            FILE:21: error: permissionSet Everyone: callers names "orders-servic", which is not declared. Did you mean "orders-service"? Declare it under callers, or write "*", local or AUTHENTICATOR:ISSUER:VALUE.
            FILE:22: error: permissionSet Everyone: principals names "OrdersTable-Writer", but there is no external credential OrdersTable. Did you mean "Orders Table-Writer"? Name a principal that is declared.
            FILE:25: error: caller orders-service: profile names "Services", which is not declared. Declare it under profiles.

            The catalog is not valid: 13 errors, 0 warnings; 1 external credential with 2 principals, 1 named credential, 1 permission set, 0 profiles, 1 caller, 0 certificates.

            """, text.ToString().Replace(_folder.Catalog, "FILE", StringComparison.Ordinal));
    }
}
