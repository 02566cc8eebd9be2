using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using SigningProxy.LocalAws;

namespace SigningProxy.Tests.LocalAws;

public sealed class RolesAnywhereTests : IDisposable
{
    private const string Anchor = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/one";
    private const string Profile = "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/one";
    private const string NamingProfile = "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/naming";
    private const string FarProfile = "arn:aws:rolesanywhere:eu-central-1:111122223333:profile/far";
    private const string Untrusted = "Untrusted signing certificate";

    private readonly MadeUpAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("RSA-2048", true)]
    [InlineData("P-256", true)]
    [InlineData("P-384", true)]
    [InlineData("RSA-2048", false)]
    [InlineData("P-256", false)]
    [InlineData("P-384", false)]
    public async Task CreateSession_WhenTheCertificateIsTrusted_GivesASessionThatDestinationsTake(string kind, bool intermediate)
    {
        await using var aws = await StartAsync();
        using var leaf = _authority.Leaf(kind, intermediate ? null : _authority.Root);
        var (status, _, text) = await aws.AskAsync(Request(aws, leaf, intermediate ? _authority.Intermediate : null).Signed());

        Assert.True(status == 201, text);
        using var json = JsonDocument.Parse(text);
        var set = json.RootElement.GetProperty("credentialSet")[0];
        var session = set.GetProperty("credentials");
        Assert.Equal("2026-02-28T13:00:00Z", session.GetProperty("expiration").GetString());
        Assert.StartsWith("arn:aws:sts::111122223333:assumed-role/example/", set.GetProperty("assumedRoleUser").GetProperty("arn").GetString(), StringComparison.Ordinal);
        Assert.Equal(SessionStage.Role, set.GetProperty("roleArn").GetString());
        var key = new LocalKey(
            session.GetProperty("accessKeyId").GetString()!, session.GetProperty("secretAccessKey").GetString()!, session.GetProperty("sessionToken").GetString());
        Assert.Equal(200, (await aws.AskAsync(aws.Signed(key, "lambda"))).Status);
        Assert.Equal(new LocalCounts(RolesAnywhereCalls: 1, SessionsIssued: 1, DestinationRequests: 1), aws.Server.Counts);
    }

    [Theory]
    [InlineData("RSA-2048")]
    [InlineData("EC-P256")]
    [InlineData("EC-P384")]
    public async Task CreateSession_WithAPublishedVector_IsVerified(string kind)
    {
        using var file = typeof(RolesAnywhereTests).Assembly.GetManifestResourceStream("rolesanywhere.json")!;
        using var vectors = JsonDocument.Parse(file);
        var vector = vectors.RootElement.EnumerateArray().Single(candidate => candidate.GetProperty("kind").GetString() == kind);
        string Text(string name) => vector.GetProperty(name).GetString()!;
        using var intermediate = X509Certificate2.CreateFromPem(Text("chainPem"));
        using var leaf = X509Certificate2.CreateFromPem(Text("leafPem"));
        using var body = JsonDocument.Parse(Text("body"));
        string Member(string name) => body.RootElement.GetProperty(name).GetString()!;
        await using var aws = await SessionStage.StartAsync(
            roles: [new(Member("roleArn"))],
            anchors: [new(Member("trustAnchorArn"), intermediate)],
            profiles: [new(Member("profileArn"))],
            now: DateTimeOffset.ParseExact(Text("amzDate"), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

        var (status, _, text) = await aws.AskAsync(SessionRequest.Message(
            aws.Server.Address,
            new Dictionary<string, string>
            {
                ["host"] = Text("host"),
                ["content-type"] = "application/json",
                ["x-amz-date"] = Text("amzDate"),
                ["x-amz-x509"] = Convert.ToBase64String(leaf.RawData),
                ["x-amz-x509-chain"] = Convert.ToBase64String(intermediate.RawData),
                ["authorization"] = Text("authorization"),
            },
            Text("body")));
        Assert.True(status == 201, text);
        Assert.Equal(Text("serialDecimal"), Assert.Single(aws.Server.Requests).AccessKeyId);
    }

    [Theory]
    [InlineData("the signer's key is another's", "SignatureDoesNotMatch", "public key of the certificate")]
    [InlineData("the serial is another's", "SignatureDoesNotMatch", "serial number")]
    [InlineData("the serial is in hexadecimal", "SignatureDoesNotMatch", "serial number")]
    [InlineData("the region is another", "AccessDeniedException", "'eu-west-1'")]
    [InlineData("the service is another", "SignatureDoesNotMatch", "'rolesanywhere'")]
    [InlineData("the date is stale", "SignatureDoesNotMatch", "Signature expired")]
    [InlineData("the date is to come", "SignatureDoesNotMatch", "Signature not yet current")]
    [InlineData("the algorithm is not the key's", "SignatureDoesNotMatch", "public key of the certificate")]
    [InlineData("the algorithm is HMAC's", "IncompleteSignature", "must start with 'AWS4-X509-RSA-SHA256 '")]
    [InlineData("the signature is not in DER", "SignatureDoesNotMatch", "public key of the certificate")]
    [InlineData("the host is not signed", "SignatureDoesNotMatch", "'Host'")]
    [InlineData("the content type is not signed", "AccessDenied", "'content-type'")]
    [InlineData("the certificate is not signed", "AccessDenied", "'x-amz-x509'")]
    [InlineData("the chain is not signed", "AccessDenied", "'x-amz-x509-chain'")]
    [InlineData("there is a security token", "ValidationException", "no security token")]
    [InlineData("the chain is too long", "ValidationException", "1 to 5")]
    public async Task CreateSession_WhenWronglySigned_IsRefused(string fault, string code, string says)
    {
        await using var aws = await StartAsync();
        using var leaf = _authority.Leaf();
        using var other = _authority.Leaf();
        using var rsa = _authority.Leaf("RSA-2048");
        var right = Request(aws, leaf, _authority.Intermediate);
        var wrong = fault switch
        {
            "the signer's key is another's" => right with { Signer = other },
            "the serial is another's" => right with { Serial = "1" },
            "the serial is in hexadecimal" => right with { Serial = leaf.SerialNumber },
            "the region is another" => right with { Region = "us-east-1" },
            "the service is another" => right with { Service = "sts" },
            "the date is stale" => right with { Time = MadeUpAuthority.Now.AddMinutes(-15).AddSeconds(-1) },
            "the date is to come" => right with { Time = MadeUpAuthority.Now.AddMinutes(15).AddSeconds(1) },
            "the algorithm is not the key's" => right with { Signer = rsa },
            "the algorithm is HMAC's" => right with { Algorithm = "AWS4-HMAC-SHA256" },
            "the signature is not in DER" => right with { SignatureFormat = DSASignatureFormat.IeeeP1363FixedFieldConcatenation },
            "the host is not signed" => right with { LeftUnsigned = ["host"] },
            "the content type is not signed" => right with { LeftUnsigned = ["content-type"] },
            "the certificate is not signed" => right with { LeftUnsigned = ["x-amz-x509"] },
            "the chain is not signed" => right with { LeftUnsigned = ["x-amz-x509-chain"] },
            "there is a security token" => right with { MoreHeaders = new Dictionary<string, string> { ["x-amz-security-token"] = "token" } },
            "the chain is too long" => right with { Chain = [.. Enumerable.Repeat(_authority.Intermediate, 6)] },
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        await AssertRefusedAsync(aws, wrong.Signed(), code, says);
    }

    [Fact]
    public async Task CreateSession_WhenTheBodyWasTamperedWith_IsRefused()
    {
        await using var aws = await StartAsync();
        using var leaf = _authority.Leaf();
        var request = Request(aws, leaf, _authority.Intermediate);
        var message = request.Signed();
        message.Content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(request.Body), (byte)' ']) { Headers = { { "content-type", "application/json" } } };
        await AssertRefusedAsync(aws, message, "SignatureDoesNotMatch", "public key of the certificate");
    }

    [Fact]
    public async Task CreateSession_WhenASignedHeaderWasTamperedWith_IsRefused()
    {
        await using var aws = await StartAsync();
        using var leaf = _authority.Leaf();
        var message = Request(aws, leaf, _authority.Intermediate).Signed();
        message.Content!.Headers.ContentType = new("application/json", "utf-8");
        await AssertRefusedAsync(aws, message, "SignatureDoesNotMatch", "public key of the certificate");
    }

    [Theory]
    [InlineData("the authority is another", "does not lead to the trust anchor")]
    [InlineData("the authority brings its own root", "does not lead to the trust anchor")]
    [InlineData("the authority only has the anchor's name", "NotSignatureValid")]
    [InlineData("the intermediate is missing", "does not lead to the trust anchor")]
    [InlineData("the leaf has expired", "NotTimeValid")]
    [InlineData("the leaf is revoked", "revoked")]
    [InlineData("the leaf is an authority", "certificate authority's")]
    [InlineData("the leaf's key is for other things", "not for digital signatures")]
    public async Task CreateSession_WhenTheCertificateIsNotTrusted_IsRefused(string fault, string reason)
    {
        using var other = new MadeUpAuthority("Other");
        using var impostor = new MadeUpAuthority();
        using var leaf = fault switch
        {
            "the authority is another" or "the authority brings its own root" => other.Leaf(),
            "the authority only has the anchor's name" => impostor.Leaf(issuer: impostor.Root),
            "the leaf has expired" => _authority.Leaf(days: 0.99),
            "the leaf is an authority" => _authority.Leaf(authority: true),
            "the leaf's key is for other things" => _authority.Leaf(usage: X509KeyUsageFlags.KeyEncipherment),
            _ => _authority.Leaf(),
        };
        var serial = new BigInteger(leaf.SerialNumberBytes.Span, true, true).ToString(CultureInfo.InvariantCulture);
        await using var aws = await StartAsync(revoked: fault == "the leaf is revoked" ? [serial] : []);
        var request = Request(aws, leaf) with
        {
            Chain = fault switch
            {
                "the intermediate is missing" or "the authority only has the anchor's name" => [],
                "the authority is another" => [other.Intermediate],
                "the authority brings its own root" => [other.Intermediate, other.Root],
                _ => [_authority.Intermediate],
            },
        };
        using var response = await aws.SendAsync(request.Signed());
        Assert.Equal(403, (int)response.StatusCode);
        Assert.Contains(Untrusted, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Single(response.Headers.GetValues("x-local-aws-reason")), StringComparison.Ordinal);
        Assert.Empty(aws.Server.Sessions);
    }

    [Fact]
    public async Task CreateSession_WhenTheAnchorIsAnIntermediate_IsVerifiedAgainstItsKey()
    {
        using var impostor = new MadeUpAuthority();
        await using var aws = await StartAsync(anchor: _authority.Intermediate);
        using var leaf = _authority.Leaf();
        using var forged = impostor.Leaf();
        Assert.Equal(201, (await aws.AskAsync(Request(aws, leaf).Signed())).Status);
        await AssertRefusedAsync(aws, Request(aws, forged).Signed(), "AccessDeniedException", Untrusted, sessions: 1);
        await AssertRefusedAsync(aws, Request(aws, forged, impostor.Intermediate).Signed(), "AccessDeniedException", Untrusted, sessions: 1);
    }

    [Theory]
    [InlineData(Anchor, Profile, "arn:aws:iam::111122223333:role/nobody", "", "AccessDeniedException", "Unable to assume role")]
    [InlineData(Anchor, Profile, SessionStage.ExternalRole, "", "AccessDeniedException", "Unable to assume role")]
    [InlineData(Anchor, "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/none", SessionStage.Role, "", "AccessDeniedException", "is not known")]
    [InlineData(Anchor, FarProfile, SessionStage.Role, "", "AccessDeniedException", "region")]
    [InlineData("arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/none", Profile, SessionStage.Role, "", "AccessDeniedException", Untrusted)]
    [InlineData(Anchor, Profile, SessionStage.Role, ",\"roleSessionName\":\"me\"", "AccessDeniedException", "role session name")]
    [InlineData(Anchor, NamingProfile, SessionStage.Role, ",\"roleSessionName\":\"m\"", "ValidationException", "'roleSessionName'")]
    [InlineData(Anchor, Profile, SessionStage.Role, ",\"durationSeconds\":899", "ValidationException", "equal to 900")]
    [InlineData(Anchor, Profile, SessionStage.Role, ",\"durationSeconds\":43201", "ValidationException", "equal to 43200")]
    [InlineData(Anchor, Profile, SessionStage.Role, ",\"durationSeconds\":\"long\"", "ValidationException", "right types")]
    public async Task CreateSession_WhenWhatItAsksForIsNotToBeHad_IsRefused(string anchor, string profile, string role, string more, string code, string says)
    {
        await using var aws = await StartAsync();
        using var leaf = _authority.Leaf();
        var request = Request(aws, leaf, _authority.Intermediate) with { Body = Body(anchor, profile, role, more) };
        await AssertRefusedAsync(aws, request.Signed(), code, says);
    }

    [Fact]
    public async Task CreateSession_WhenTheProfileAllows_IsNamedAndLastsAsAsked()
    {
        await using var aws = await StartAsync();
        using var leaf = _authority.Leaf();
        var body = Body(Anchor, NamingProfile, SessionStage.Role, ",\"roleSessionName\":\"me\",\"durationSeconds\":900");
        var (status, _, _) = await aws.AskAsync((Request(aws, leaf, _authority.Intermediate) with { Body = body }).Signed());
        Assert.Equal(201, status);
        var session = Assert.Single(aws.Server.Sessions);
        Assert.Equal(("me", MadeUpAuthority.Now.AddSeconds(900)), (session.RoleSessionName, session.Expiration));
    }

    [Fact]
    public async Task CreateSession_WithASecretKeysSignature_IsRefused()
    {
        await using var aws = await StartAsync();
        var body = Encoding.UTF8.GetBytes(Body(Anchor, Profile, SessionStage.Role));
        var request = new SdkSigner(aws.Server.Address, SessionStage.Key, "rolesanywhere", aws.Time)
            .Request("POST", "sessions", body, new Dictionary<string, string> { ["Content-Type"] = "application/json" });
        await AssertRefusedAsync(aws, request, "IncompleteSignature", "must start with 'AWS4-X509-RSA-SHA256 '");
    }

    private Task<SessionStage> StartAsync(X509Certificate2? anchor = null, string[]? revoked = null) => SessionStage.StartAsync(
        anchors: [new(Anchor, anchor ?? _authority.Root) { RevokedSerials = revoked ?? [] }],
        profiles: [new(Profile) { RoleArns = [SessionStage.Role] }, new(NamingProfile) { AcceptsRoleSessionName = true }, new(FarProfile)],
        now: MadeUpAuthority.Now);

    private static SessionRequest Request(SessionStage aws, X509Certificate2 leaf, X509Certificate2? intermediate = null) =>
        new(aws.Server.Address, leaf, Body(Anchor, Profile, SessionStage.Role)) { Chain = intermediate is null ? [] : [intermediate] };

    private static string Body(string anchor, string profile, string role, string more = "") =>
        $$"""{"trustAnchorArn":"{{anchor}}","profileArn":"{{profile}}","roleArn":"{{role}}"{{more}}}""";

    private static async Task AssertRefusedAsync(SessionStage aws, HttpRequestMessage request, string code, string says, int sessions = 0)
    {
        var (status, errorType, text) = await aws.AskAsync(request);
        Assert.Equal((code is "ValidationException" or "IncompleteSignature" ? 400 : 403, code), (status, errorType));
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.Equal(sessions, aws.Server.Sessions.Count);
    }
}
