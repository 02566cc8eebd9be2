using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.SecurityToken;
using SigningProxy.Sessions;

namespace SigningProxy.Tests.Sessions;

public sealed class StsFailureTests
{
    private const string Endpoint = "https://sts.eu-west-1.amazonaws.com/";

    [Theory]
    [InlineData("AccessDenied", 403, "is externalId the one")]
    [InlineData("AccessDenied", 403, "its trust policy")]
    [InlineData("InvalidClientTokenId", 403, "access key and secret")]
    [InlineData("SignatureDoesNotMatch", 403, "access key and secret")]
    [InlineData("ExpiredTokenException", 400, "the token file")]
    [InlineData("InvalidIdentityToken", 400, "an identity provider in IAM")]
    [InlineData("RegionDisabledException", 403, "Activate STS in this region")]
    public void Refusal_SaysWhatToLookAt(string code, int status, string mend)
    {
        var failure = StsFailure.Of(Refused(code, status), Endpoint);

        Assert.StartsWith($"STS at {Endpoint} refused with {status} {code}: the words of STS (", failure.Message, StringComparison.Ordinal);
        Assert.Contains(mend, failure.Message, StringComparison.Ordinal);
        Assert.Equal((code, false), (failure.Code, failure.IsTransient));
    }

    [Theory]
    [InlineData("MalformedPolicyDocument", 400, false)]
    [InlineData("Throttling", 400, true)]
    [InlineData("RequestLimitExceeded", 400, true)]
    [InlineData("SlowDown", 429, true)]
    [InlineData("ServiceUnavailable", 503, true)]
    public void Refusal_ThatMayPass_IsTriedAgain(string code, int status, bool mayPass)
    {
        var failure = StsFailure.Of(Refused(code, status), Endpoint);

        Assert.Equal($"STS at {Endpoint} refused with {status} {code}: the words of STS", failure.Message);
        Assert.Equal(mayPass, failure.IsTransient);
    }

    [Fact]
    public void Connection_ThatFails_IsToldByItsReasonAndTriedAgain()
    {
        var failure = StsFailure.Of(new AmazonClientException("quotes anything", new HttpRequestException("quotes", new SocketException((int)SocketError.ConnectionRefused))), Endpoint);

        Assert.Equal($"STS at {Endpoint} was not reached: ConnectionRefused.", failure.Message);
        Assert.True(failure.IsTransient);
        Assert.Null(failure.Code);
    }

    private static AmazonSecurityTokenServiceException Refused(string code, int status) =>
        new("the words of STS", ErrorType.Sender, code, "request-1", (HttpStatusCode)status);
}
