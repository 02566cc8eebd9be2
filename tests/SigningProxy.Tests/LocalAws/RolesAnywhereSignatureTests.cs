using System.Security.Cryptography;
using System.Text;
using static SigningProxy.Tests.LocalAws.RolesAnywhereStage;

namespace SigningProxy.Tests.LocalAws;

/// <summary>How a request to Roles Anywhere must be signed.</summary>
public sealed class RolesAnywhereSignatureTests : IDisposable
{
    private readonly MadeUpAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

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
        await using var aws = await RolesAnywhereStage.StartAsync(_authority.Root);
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
        await using var aws = await RolesAnywhereStage.StartAsync(_authority.Root);
        using var leaf = _authority.Leaf();
        var request = Request(aws, leaf, _authority.Intermediate);
        var message = request.Signed();
        message.Content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(request.Body), (byte)' ']) { Headers = { { "content-type", "application/json" } } };
        await AssertRefusedAsync(aws, message, "SignatureDoesNotMatch", "public key of the certificate");
    }

    [Fact]
    public async Task CreateSession_WhenASignedHeaderWasTamperedWith_IsRefused()
    {
        await using var aws = await RolesAnywhereStage.StartAsync(_authority.Root);
        using var leaf = _authority.Leaf();
        var message = Request(aws, leaf, _authority.Intermediate).Signed();
        message.Content!.Headers.ContentType = new("application/json", "utf-8");
        await AssertRefusedAsync(aws, message, "SignatureDoesNotMatch", "public key of the certificate");
    }

    [Fact]
    public async Task CreateSession_WithASecretKeysSignature_IsRefused()
    {
        await using var aws = await RolesAnywhereStage.StartAsync(_authority.Root);
        var body = Encoding.UTF8.GetBytes(Body(Anchor, Profile, SessionStage.Role));
        var request = new SdkSigner(aws.Server.Address, SessionStage.Key, "rolesanywhere", aws.Time)
            .Request("POST", "sessions", body, new Dictionary<string, string> { ["Content-Type"] = "application/json" });
        await AssertRefusedAsync(aws, request, "IncompleteSignature", "must start with 'AWS4-X509-RSA-SHA256 '");
    }
}
