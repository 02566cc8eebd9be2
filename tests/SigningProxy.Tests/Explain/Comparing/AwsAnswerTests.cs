using System.Text;
using System.Text.Json;
using SigningProxy.Explain;
using SigningProxy.Explain.Comparing;

namespace SigningProxy.Tests.Explain.Comparing;

public sealed class AwsAnswerTests
{
    private const string Canonical = "GET\n/it's\na=1&b=%3C\nhost:example.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD";
    private const string String = "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/eu-west-1/s3/aws4_request\n0123";

    private const string Message =
        $"The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'{Canonical}'\n\nThe String-to-Sign should have been\n'{String}'\n";

    private static readonly string Xml = System.Security.SecurityElement.Escape(Canonical);

    public static TheoryData<string, string?> Answers => new()
    {
        { $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>No.</Message><StringToSign>{String}</StringToSign><StringToSignBytes>{Hex(String)}</StringToSignBytes><CanonicalRequest>garbled</CanonicalRequest><CanonicalRequestBytes>{Hex(Canonical)}</CanonicalRequestBytes></Error>", "SignatureDoesNotMatch" },
        { $"<Error><Code>SignatureDoesNotMatch</Code><StringToSign>{String}</StringToSign><CanonicalRequest>{Xml}</CanonicalRequest></Error>", "SignatureDoesNotMatch" },
        { $"<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>{System.Security.SecurityElement.Escape(Message)}</Message></Error></ErrorResponse>", "SignatureDoesNotMatch" },
        { $"{{\"__type\":\"com.amazon.coral.service#InvalidSignatureException\",\"message\":\"{JsonEncodedText.Encode(Message)}\"}}", "InvalidSignatureException" },
        { $"HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n\r\n{{\"message\":\"{JsonEncodedText.Encode(Message)}\"}}", null },
        { $"{{\"canonicalRequest\":\"{JsonEncodedText.Encode(Canonical)}\",\"stringToSign\":\"{JsonEncodedText.Encode(String)}\"}}", null },
        { Message, null },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Read_OfEveryForm_HasWhatAwsMadeOfTheRequest(string text, string? code)
    {
        var answer = Read(text);

        Assert.Equal(code, answer.Code);
        Assert.Equal(("GET", "/it's", "a=1&b=%3C", "host;x-amz-date", "UNSIGNED-PAYLOAD"), (answer.CanonicalRequest!.Method, answer.CanonicalRequest.Path, answer.CanonicalRequest.Query, answer.CanonicalRequest.SignedHeaders, answer.CanonicalRequest.PayloadHash));
        Assert.Equal("20150830T123600Z", answer.CanonicalRequest.Header("x-amz-date"));
        Assert.Equal(("eu-west-1", "s3"), answer.StringToSign!.Place);
    }

    [Theory]
    [InlineData(Canonical)]
    [InlineData(Canonical + "\n")]
    public void Read_OfABareCanonicalRequest_TakesIt(string text)
    {
        Assert.Equal("/it's", Read(text).CanonicalRequest!.Path);
        Assert.Equal("/it's", Read(text.ReplaceLineEndings("\r\n")).CanonicalRequest!.Path);
        Assert.Null(Read(text).StringToSign);
    }

    [Fact]
    public void Read_OfABareStringToSign_TakesIt() => Assert.Equal("20150830T123600Z", Read(String).StringToSign!.Date);

    [Theory]
    [InlineData("")]
    [InlineData("Forbidden")]
    [InlineData("<html><br></html>")]
    [InlineData("{\"message\":")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><Error><Code>&b;</Code></Error>")]
    public void Read_OfAnythingElse_IsRefused(string text) => Assert.Throws<ExplainException>(() => Read(text));

    private static AwsAnswer Read(string text) => AwsAnswer.Read(Encoding.UTF8.GetBytes(text));

    private static string Hex(string text) => string.Join(' ', Encoding.UTF8.GetBytes(text).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
}
