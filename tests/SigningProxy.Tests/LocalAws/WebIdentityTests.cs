using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using SigningProxy.LocalAws;

namespace SigningProxy.Tests.LocalAws;

public sealed class WebIdentityTests
{
    private const string Issuer = "https://issuer.example";

    [Fact]
    public async Task AssumeRoleWithWebIdentity_WhenTheTokenIsBelieved_GivesASession()
    {
        using var key = RSA.Create(2048);
        await using var aws = await StartAsync(key);
        var response = await AssumeAsync(aws, Token(key, aws.Time.GetUtcNow().AddMinutes(1)));

        Assert.Equal(("system:me", "sts.amazonaws.com", Issuer), (response.SubjectFromWebIdentityToken, response.Audience, response.Provider));
        Assert.Equal(200, (await aws.AskAsync(aws.Signed(SessionStage.Signing(response.Credentials), "lambda"))).Status);
        Assert.Equal(new LocalCounts(WebIdentityCalls: 1, SessionsIssued: 1, DestinationRequests: 1), aws.Server.Counts);
    }

    [Theory]
    [InlineData("InvalidIdentityToken", "the key is another")]
    [InlineData("InvalidIdentityToken", "the token is not signed")]
    [InlineData("InvalidIdentityToken", "the issuer is another")]
    [InlineData("InvalidIdentityToken", "the audience is another")]
    [InlineData("InvalidIdentityToken", "it is not a token")]
    [InlineData("AccessDenied", "the subject is another")]
    [InlineData("AccessDenied", "the role is not known")]
    [InlineData("ExpiredTokenException", "the token has expired")]
    public async Task AssumeRoleWithWebIdentity_WhenTheTokenIsNotBelieved_IsRefused(string code, string fault)
    {
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        await using var aws = await StartAsync(key);
        var end = aws.Time.GetUtcNow().AddMinutes(1);
        var token = fault switch
        {
            "the key is another" => Token(other, end),
            "the token is not signed" => Token(null, end),
            "the issuer is another" => Token(key, end, issuer: "https://other.example"),
            "the audience is another" => Token(key, end, audience: "other"),
            "the subject is another" => Token(key, end, subject: "system:you"),
            "the token has expired" => Token(key, aws.Time.GetUtcNow().AddSeconds(-1)),
            "it is not a token" => "e30.e30.e30",
            _ => Token(key, end),
        };
        var role = fault == "the role is not known" ? "arn:aws:iam::111122223333:role/nobody" : SessionStage.Role;
        var refused = await Assert.ThrowsAnyAsync<AmazonSecurityTokenServiceException>(() => AssumeAsync(aws, token, role));
        Assert.Equal((code, code == "AccessDenied" ? 403 : 400), (refused.ErrorCode, (int)refused.StatusCode));
        Assert.Empty(aws.Server.Sessions);
    }

    [Fact]
    public async Task AssumeRoleWithWebIdentity_WhenNoKeyIsKnown_TakesTokensUnchecked()
    {
        await using var aws = await StartAsync(null);
        Assert.NotNull((await AssumeAsync(aws, Token(null, aws.Time.GetUtcNow().AddMinutes(1)))).Credentials);
    }

    private static Task<SessionStage> StartAsync(RSA? key) => SessionStage.StartAsync(
        issuers: [new(Issuer) { Subjects = ["system:me"], PublicKeyPem = key?.ExportSubjectPublicKeyInfoPem() }]);

    private static async Task<AssumeRoleWithWebIdentityResponse> AssumeAsync(SessionStage aws, string token, string role = SessionStage.Role)
    {
        using var sts = aws.Sts(null);
        var request = new AssumeRoleWithWebIdentityRequest { RoleArn = role, RoleSessionName = "tests", WebIdentityToken = token };
        return await sts.AssumeRoleWithWebIdentityAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Token(RSA? key, DateTimeOffset end, string issuer = Issuer, string subject = "system:me", string audience = "sts.amazonaws.com")
    {
        var header = Part($$"""{"alg":"{{(key is null ? "none" : "RS256")}}"}""");
        var payload = Part($$"""{"iss":"{{issuer}}","sub":"{{subject}}","aud":["{{audience}}"],"exp":{{end.ToUnixTimeSeconds()}}}""");
        var signature = key?.SignData(Encoding.ASCII.GetBytes($"{header}.{payload}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ?? [];
        return $"{header}.{payload}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
