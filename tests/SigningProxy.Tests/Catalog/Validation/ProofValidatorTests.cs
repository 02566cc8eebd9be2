using SigningProxy.Tests.Configuration;

namespace SigningProxy.Tests.Catalog.Validation;

/// <summary>Every fault of a proof by one edit of a good catalog: its whole text, and its line.</summary>
public sealed class ProofValidatorTests : IDisposable
{
    private const string Token = "canary-0123456789abcdef";

    private const string Good = """
        callers:
          - name: orders
            proofs:
              - unixPeer: {uid: 1001, gid: 5}
              - token: {env: TOKEN}
              - clientCertificate: {uri: "spiffe://cluster.local/orders"}
          - name: billing
            proofs:
              - unixPeer: {gid: 1002}
              - token: {env: OTHER}
              - clientCertificate: {dns: billing.example.com}

        """;

    private const string OneKind = "a proof is of exactly one kind.";
    private const string IdMend = "and not 65534, which stands for whoever is not known. Write the id of a user or group of its own.";
    private const string TokenRule = "token must have 16 characters or more, all of them visible ASCII without spaces. Make one, such as by: openssl rand -hex 32.";
    private const string OnePart = "clientCertificate needs exactly one of subject, dns and uri. Write clientCertificate: {uri: spiffe://cluster.local/ns/shop/sa/orders}.";
    private const string Shared = "caller orders gives the same proof. Give every caller a proof of its own.";

    private readonly CatalogFolder _folder = new() { Environment = { ["TOKEN"] = Token, ["OTHER"] = "canary-another-0123456789", ["SAME"] = Token, ["LOCAL"] = "canary-local-secret" } };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WhenGood_HasNoFaultAndNoWarning()
    {
        var load = _folder.Load(Good);

        Assert.Empty(load.Faults);
        Assert.Empty(load.Warnings);
        Assert.Equal([3, 3], load.Snapshot!.Callers.Values.Select(c => c.Proofs.Count));
    }

    [Theory]
    [InlineData("- unixPeer: {uid: 1001, gid: 5}", "- {}", $"4 caller orders / proof number 1: {OneKind} Write one of unixPeer, token, jwt, clientCertificate and localSigV4 in each item of the list.")]
    [InlineData("- token: {env: TOKEN}", "- {token: {env: TOKEN}, unixPeer: {uid: 7}}", $"5 caller orders / proof number 2: {OneKind} Give each kind an item of its own in the list.")]
    [InlineData("{uid: 1001, gid: 5}", "{}", "4 caller orders / proof number 1 / unixPeer: unixPeer needs uid or gid. Write unixPeer: {uid: 1001}.")]
    [InlineData("uid: 1001", "uid: 65534", $"4 caller orders / proof number 1 / unixPeer: uid must be 0 or more, {IdMend}")]
    [InlineData("uid: 1001", "uid: -1", $"4 caller orders / proof number 1 / unixPeer: uid must be 0 or more, {IdMend}")]
    [InlineData("gid: 1002", "gid: 65534", $"9 caller billing / proof number 1 / unixPeer: gid must be 0 or more, {IdMend}")]
    [InlineData("{env: OTHER}", "{env: SHORT}", $"10 caller billing / proof number 2: {TokenRule}")]
    [InlineData("{env: OTHER}", "{env: SPACED}", $"10 caller billing / proof number 2: {TokenRule}")]
    [InlineData("{env: OTHER}", "{env: FOREIGN}", $"10 caller billing / proof number 2: {TokenRule}")]
    [InlineData("{uri: \"spiffe://cluster.local/orders\"}", "{uri: a, dns: b}", $"6 caller orders / proof number 3 / clientCertificate: {OnePart}")]
    [InlineData("{uri: \"spiffe://cluster.local/orders\"}", "{}", $"6 caller orders / proof number 3 / clientCertificate: {OnePart}")]
    [InlineData("{uri: \"spiffe://cluster.local/orders\"}", "{subject: \" \"}", $"6 caller orders / proof number 3 / clientCertificate: {OnePart}")]
    public void Load_WhenAProofBreaksARule_SaysWhichAndWhere(string good, string bad, string expected)
    {
        (_folder.Environment["SHORT"], _folder.Environment["SPACED"], _folder.Environment["FOREIGN"]) = ("canary-15-chars", "canary with spaces in it", "canary-é-0123456789");

        var load = _folder.Load(Edited.Of(Good, good, bad));

        Assert.Null(load.Snapshot);
        Assert.Equal([expected], load.Faults.Select(f => $"{f.Line} {f.Text}"));
        Assert.All(load.Faults, f => Assert.DoesNotContain("canary", f.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{gid: 1002}", "{uid: 1001, gid: 5}", 9, 1)]
    [InlineData("{env: OTHER}", "{env: SAME}", 10, 2)]
    [InlineData("{dns: billing.example.com}", "{uri: \"spiffe://cluster.local/orders\"}", 11, 3)]
    public void Load_WhenTwoCallersGiveTheSameProof_IsRefused(string good, string bad, int line, int proof)
    {
        var load = _folder.Load(Edited.Of(Good, good, bad));

        Assert.Null(load.Snapshot);
        Assert.Equal([$"{line} caller billing / proof number {proof}: {Shared}"], load.Faults.Select(f => $"{f.Line} {f.Text}"));
    }

    [Fact]
    public void Load_WhenTwoDnsNamesDifferInCaseAlone_TheyAreTheSameProof() => Assert.Equal(
        [$"11 caller billing / proof number 3: {Shared}"],
        _folder.Load(Edited.Of(Good, "{uri: \"spiffe://cluster.local/orders\"}", "{dns: Billing.Example.Com}")).Faults.Select(f => $"{f.Line} {f.Text}"));

    [Theory]
    [InlineData("{gid: 1002}", "{uid: 1001}")]
    [InlineData("{gid: 1002}", "{gid: 5}")]
    [InlineData("{dns: billing.example.com}", "{dns: \"spiffe://cluster.local/orders\"}")]
    public void Load_WhenProofsAreAlikeAndNotTheSame_IsGood(string good, string other) => Assert.NotNull(_folder.Load(Edited.Of(Good, good, other)).Snapshot);

    [Theory]
    [InlineData("{issuer: \"https://issuer.example.com\", subject: orders}", null)]
    [InlineData("{subject: orders}", "5 caller orders / proof number 2 / jwt: issuer is missing. Write the token's iss, such as https://kubernetes.default.svc.")]
    [InlineData("{issuer: \"https://issuer.example.com\"}", "5 caller orders / proof number 2 / jwt: subject is missing. Write the token's sub, such as system:serviceaccount:shop:orders.")]
    public void Load_WhenAProofIsByJwt_JudgesIt(string jwt, string? fault) =>
        Assert.Equal(fault is null ? [] : [fault], _folder.Load(Edited.Of(Good, "token: {env: TOKEN}", $"jwt: {jwt}")).Faults.Select(f => $"{f.Line} {f.Text}"));

    [Theory]
    [InlineData("{accessKeyId: LOCALORDERS00001, secret: {env: LOCAL}}", null)]
    [InlineData("{secret: {env: LOCAL}}", "5 caller orders / proof number 2 / localSigV4: accessKeyId is missing. Make one up, such as LOCALORDERS00001.")]
    [InlineData("{accessKeyId: short, secret: {env: LOCAL}}", "5 caller orders / proof number 2 / localSigV4: accessKeyId must have 16 to 128 letters, digits and underscores. Make one up, such as LOCALORDERS00001.")]
    [InlineData("{accessKeyId: \" \", secret: {env: LOCAL}}", "5 caller orders / proof number 2 / localSigV4: accessKeyId must have 16 to 128 letters, digits and underscores. Make one up, such as LOCALORDERS00001.")]
    [InlineData("{accessKeyId: LOCALORDERS00001, secret: {value: \" \"}}", "5 caller orders / proof number 2 / localSigV4: secret is blank. Write {env: NAME} or {file: PATH}, or {value: TEXT} for what need not be secret.")]
    [InlineData("{accessKeyId: LOCALORDERS00001}", "5 caller orders / proof number 2 / localSigV4: secret is missing. Write {env: NAME} or {file: PATH}, or {value: TEXT} for what need not be secret.")]
    public void Load_WhenAProofIsByLocalSigV4_JudgesIt(string local, string? fault)
    {
        var load = _folder.Load(Edited.Of(Good, "token: {env: TOKEN}", $"localSigV4: {local}"));

        Assert.Equal(fault is null ? [] : [fault], load.Faults.Select(f => $"{f.Line} {f.Text}"));
        Assert.Empty(load.Warnings);
        Assert.All(load.Faults, f => Assert.DoesNotContain("canary", f.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AKIAIOSFODNN7EXAMPLE", true)]
    [InlineData("ASIAIOSFODNN7EXAMPLE", true)]
    [InlineData("AKIDORDERS0000001", false)]
    [InlineData("akiaorders0000001", false)]
    public void Load_WhenALocalKeyLooksLikeOneOfAws_Warns(string id, bool warns)
    {
        var load = _folder.Load(Edited.Of(Good, "token: {env: TOKEN}", $"localSigV4: {{accessKeyId: {id}, secret: {{env: LOCAL}}}}"));

        Assert.NotNull(load.Snapshot);
        Assert.Equal(
            warns ? ["5 caller orders / proof number 2 / localSigV4: accessKeyId looks like a key of AWS, and a local key pair must be none: whoever can read it here could sign at AWS. Make one up, such as LOCALORDERS00001."] : [],
            load.Warnings.Select(f => $"{f.Line} {f.Text}"));
    }

    [Fact]
    public void Load_WhenTheSecretOfALocalKeyCannotBeRead_WarnsAndNobodyCanGiveIt()
    {
        var load = _folder.Load(Edited.Of(Good, "token: {env: OTHER}", "localSigV4: {accessKeyId: LOCALBILLING0001, secret: {env: NONE}}"));

        Assert.Equal(
            ["10 caller billing / proof number 2 / localSigV4: secret: the environment variable NONE is not set, and so nobody can give this proof. Provide it."],
            load.Warnings.Select(f => $"{f.Line} {f.Text}"));
        Assert.Equal(2, load.Snapshot!.Callers["billing"].Proofs.Count);
    }

    [Theory]
    [InlineData("OTHER")]
    [InlineData("NONE")]
    public void Load_WhenTwoKeyPairsHaveOneId_TheyAreTheSameProofWhateverTheirSecrets(string secret) => Assert.Equal(
        [$"10 caller billing / proof number 2: {Shared}"],
        _folder.Load(Good.Replace("token: {env: TOKEN}", "localSigV4: {accessKeyId: LOCALORDERS00001, secret: {env: LOCAL}}", StringComparison.Ordinal)
            .Replace("token: {env: OTHER}", $"localSigV4: {{accessKeyId: LOCALORDERS00001, secret: {{env: {secret}}}}}", StringComparison.Ordinal))
            .Faults.Select(f => $"{f.Line} {f.Text}"));

    [Theory]
    [InlineData("eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl", true)]
    [InlineData("eyJhbGciOiJub25lIn0.e30", false)]
    [InlineData("orders.0123456789.abcdef", false)]
    public void Load_WhenATokenHasTheFormOfAJwt_Warns(string token, bool warned)
    {
        _folder.Environment["OTHER"] = token;

        var load = _folder.Load(Good);

        Assert.Equal(2, load.Snapshot!.Callers.Count);
        Assert.Equal(
            warned
                ? ["10 caller billing / proof number 2: token has the form of a JSON Web Token, and as a bearer token it is judged as one where a listener accepts Jwt too. Send it as X-SigningProxy-Token, or make another, such as by: openssl rand -hex 32."]
                : [],
            load.Warnings.Select(f => $"{f.Line} {f.Text}"));
    }

    [Fact]
    public void Load_WhenATokenCannotBeRead_WarnsAndNobodyCanGiveIt()
    {
        var load = _folder.Load(Edited.Of(Good, "{env: OTHER}", "{env: NONE}"));

        Assert.Equal(
            ["10 caller billing / proof number 2: token: the environment variable NONE is not set, and so nobody can give this proof. Provide it."],
            load.Warnings.Select(f => $"{f.Line} {f.Text}"));
        Assert.Equal(2, load.Snapshot!.Callers["billing"].Proofs.Count);
    }

    [Fact]
    public void Load_WhenATokenInUseIsLost_IsRefused()
    {
        var lastGood = _folder.Load(Good).Snapshot;
        _folder.Environment.Remove("OTHER");

        var load = _folder.Load(lastGood);

        Assert.Null(load.Snapshot);
        Assert.Equal(
            ["10 caller billing / proof number 2: token: the environment variable OTHER is not set. Provide it again: the keys in use stay until then."],
            load.Faults.Select(f => $"{f.Line} {f.Text}"));
    }
}
