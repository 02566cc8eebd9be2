using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.LocalAws;
using SigningProxy.LocalAws.Verification;
using SigningProxy.SigV4;
using SigningProxy.Tests.SigV4;
using CanonicalPath = SigningProxy.SigV4.CanonicalPath;
using CredentialScope = SigningProxy.SigV4.CredentialScope;

namespace SigningProxy.Tests.LocalAws;

/// <summary>Whatever is signed here, in any form, the stand-in believes; and nothing of which one byte was changed on the way.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 100)]
public sealed class SignedFormPropertyTests
{
    [Property]
    public void InHeaders_IsVerifiedAndNeverWhenAByteWasChanged(PlainRequest request, int seed) => Judge(request, seed, OnTheWire);

    [Property]
    public void InTheQuery_IsVerifiedAndNeverWhenAByteWasChanged(PlainRequest request, int seed) => Judge(request, seed, Presigned);

    [Property]
    public void InHeadersAcrossRegions_IsVerifiedAndNeverWhenAByteWasChanged(PlainRequest request, int seed) =>
        Judge(request with { Scope = CredentialScope.Across("*", request.Scope.Service) }, seed, OnTheWire);

    [Property]
    public void InTheQueryAcrossRegions_IsVerifiedAndNeverWhenAByteWasChanged(PlainRequest request, int seed) =>
        Judge(request with { Scope = CredentialScope.Across("eu-*", request.Scope.Service) }, seed, Presigned);

    private static void Judge(PlainRequest request, int seed, Func<PlainRequest, byte[], WireText> sign)
    {
        var random = new Random(seed);
        var body = new byte[random.Next(1, 20)];
        random.NextBytes(body);
        var unsigned = random.Next(4) == 0 && request.Scope.Service == "s3";
        request = request with
        {
            Path = CanonicalPath.ToSend(request.Path, request.Settings.PathNormalization),
            Payload = unsigned || (sign == Presigned && request.Scope.Service == "s3") ? PayloadHash.Unsigned : PayloadHash.Of(body),
        };
        var text = sign(request, body);

        Assert.Empty((Verify(request, text) as Refused)?.ToString() ?? "");
        foreach (var changed in text.EachWithOneByteChanged(random, request.Payload != PayloadHash.Unsigned))
            Assert.True(Verify(request, changed) is Refused, $"{text}\n{changed}");
    }

    private static VerificationOutcome Verify(PlainRequest request, WireText text)
    {
        var key = new LocalKey(request.KeyId, request.Secret, request.Token, Region: "eu-west-1");
        return new SignatureVerifier(id => id == key.AccessKeyId ? key : null, UnsignedPayload.S3Family, new FakeTimeProvider(request.Instant)).Verify(text.Received());
    }

    private static WireText OnTheWire(PlainRequest request, byte[] body)
    {
        var signature = request.Sign();
        List<KeyValuePair<string, string>> headers =
        [
            .. request.Headers.Select(header => KeyValuePair.Create(header.Name, header.Value)),
            new("Host", request.Host), new("Authorization", signature.Authorization), new("X-Amz-Date", signature.AmzDate),
        ];
        foreach (var (name, value) in new[] { ("X-Amz-Content-Sha256", signature.ContentSha256), ("X-Amz-Security-Token", signature.SecurityToken), ("X-Amz-Region-Set", signature.RegionSet) })
        {
            if (value is not null)
                headers.Add(new(name, value));
        }
        return new(request.Method, request.Path, request.Query, headers, body);
    }

    private static WireText Presigned(PlainRequest request, byte[] body) => new(
        request.Method, request.Path, request.Presign(600),
        [.. request.Headers.Select(header => KeyValuePair.Create(header.Name, header.Value)), new("Host", request.Host)], body);
}
