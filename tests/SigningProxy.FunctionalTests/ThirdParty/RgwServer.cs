using System.Xml.Linq;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>Ceph's RADOS Gateway, which verifies S3, STS and IAM, with a proxy before it that signs with the static keys of its one user.</summary>
public sealed class RgwServer : ThirdPartyServers
{
    /// <summary>The one bucket that the roles of the tests may use.</summary>
    internal const string Bucket = "of-the-roles";

    private readonly HttpClient _client = new();
    private ServerProcess? _gateway;

    internal Uri Address => new(_gateway!["address"]);

    internal RgwLog Log => new(_gateway!["log"]);

    internal string AccessKeyId => _gateway!["accessKeyId"];

    internal string Secret => _gateway!["secret"];

    /// <summary>Has the named credentials Objects, ObjectsWrong (whose secret is not the user's) and Iam.</summary>
    internal ProxyProcess Proxy { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        if (Proxy is not null)
            await Proxy.DisposeAsync();
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        _client.Dispose();
    }

    protected override async Task StartAsync()
    {
        _gateway = await ServerProcess.StartAsync(["bash", Below("tests", "servers", "rgw.sh")]);
        Proxy = await ProxyProcess.StartAsync(new CatalogText()
            .With("Objects", Address, AccessKeyId, Secret, "s3")
            .With("ObjectsWrong", Address, AccessKeyId, "not-the-secret", "s3")
            .With("Iam", Address, AccessKeyId, Secret, "iam")
            .ToString());
        Assert.Equal(200, (await RawClient.SendAsync(Proxy.Address, $"PUT /Objects/{Bucket} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")).Status);
    }

    /// <summary>Makes a role that the user may assume, and that may do all to the one bucket and to no other.</summary>
    /// <returns>Its ARN, which is the same for each role of that name.</returns>
    internal async Task<string> CreateRoleAsync(string name)
    {
        var made = await IamAsync("CreateRole", ("RoleName", name), ("Path", "/"), ("AssumeRolePolicyDocument",
            $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["{{_gateway!["user"]}}"]},"Action":["sts:AssumeRole"]}]}"""));
        // The gateway writes a tenant where AWS has nothing, and reads both.
        var buckets = string.Join(',', from tenant in (string[])["", _gateway["account"]] from part in (string[])["", "/*"] select $"\"arn:aws:s3::{tenant}:{Bucket}{part}\"");
        await IamAsync("PutRolePolicy", ("RoleName", name), ("PolicyName", "bucket"), ("PolicyDocument",
            $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":[{{buckets}}]}]}"""));
        return made.Descendants().Single(e => e.Name.LocalName == "Arn").Value;
    }

    /// <summary>Deletes a role: the gateway takes none of its sessions from then on, not even where another of that name is made.</summary>
    internal async Task DeleteRoleAsync(string name)
    {
        await IamAsync("DeleteRolePolicy", ("RoleName", name), ("PolicyName", "bucket"));
        await IamAsync("DeleteRole", ("RoleName", name));
    }

    private async Task<XDocument> IamAsync(string action, params (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent([new("Action", action), new("Version", "2010-05-08"), .. parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))]);
        using var answer = await _client.PostAsync(new Uri(Proxy.Address, "/Iam/"), form);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{action}: {(int)answer.StatusCode} {text}");
        return XDocument.Parse(text);
    }
}

/// <summary>Whoever uses the gateway takes turns and has the machine alone: sessions of two seconds leave no room for other tests' load.</summary>
[CollectionDefinition(nameof(RgwServer), DisableParallelization = true)]
public sealed class RgwTurns : ICollectionFixture<RgwServer>;
