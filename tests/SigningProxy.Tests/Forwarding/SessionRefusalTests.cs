using System.Collections.Frozen;
using System.Net;
using SigningProxy.Destinations;
using SigningProxy.Forwarding;
using SigningProxy.Sessions;
using SigningProxy.SigV4;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Forwarding;

public sealed class SessionRefusalTests
{
    private const string Expired = """{"__type":"ExpiredTokenException"}""";
    private const string Skewed = "<Error><Code>RequestTimeTooSkewed</Code></Error>";

    private static readonly SessionCredentials Temporary = new("ASIAEXAMPLE000000001", "not shown", "token", DateTimeOffset.MaxValue);
    private static readonly SessionCredentials LongTerm = new("AKIDEXAMPLE000000001", "not shown");

    [Theory]
    [InlineData(400, Expired, RefreshReason.TokenRefused, "ExpiredTokenException", false)]
    [InlineData(403, Expired, RefreshReason.TokenRefused, "ExpiredTokenException", false)]
    [InlineData(403, Skewed, null, "RequestTimeTooSkewed", true)]
    [InlineData(403, """{"__type":"AccessDeniedException"}""", null, "AccessDeniedException", false)]
    [InlineData(403, "", null, null, false)]
    [InlineData(401, Expired, RefreshReason.Unauthorized, null, false)]
    [InlineData(419, Expired, RefreshReason.ListedStatus, null, false)]
    [InlineData(404, Expired, null, null, false)]
    [InlineData(500, Expired, null, null, false)]
    [InlineData(503, Skewed, null, null, false)]
    public async Task Of_AnAnswer_SaysWhatItAsksFor(int status, string body, object? reason, string? code, bool clock) => Assert.Equal(
        new SessionRefusal((RefreshReason?)reason, code, clock), await OfAsync("POST", status, body));

    [Theory]
    [InlineData(401, RefreshReason.Unauthorized)]
    [InlineData(419, RefreshReason.ListedStatus)]
    [InlineData(400, null)]
    [InlineData(403, null)]
    public async Task Of_WhenInspectionIsOff_GoesByTheStatusAlone(int status, object? reason) => Assert.Equal(
        new SessionRefusal((RefreshReason?)reason, null, false), await OfAsync("POST", status, Expired, inspection: AnswerInspection.Off));

    [Fact]
    public async Task Of_WhenInspectionIsOff_TakesAHeadAsItIs() =>
        Assert.Equal(default, await OfAsync("HEAD", 400, "", inspection: AnswerInspection.Off));

    [Fact]
    public async Task Of_AHeadWithoutACode_SuspectsTheTokenWhere400MayMeanThat()
    {
        Assert.Equal(RefreshReason.TokenRefused, (await OfAsync("HEAD", 400, "")).Reason);
        Assert.Null((await OfAsync("HEAD", 403, "")).Reason);
        Assert.Null((await OfAsync("GET", 400, "")).Reason);
        Assert.Null((await OfAsync("HEAD", 400, "", LongTerm)).Reason);
    }

    [Fact]
    public async Task Of_AHeadWhoseHeaderHasACode_GoesByThat()
    {
        Assert.Null((await OfAsync("HEAD", 400, "", errorType: "ValidationException")).Reason);
        Assert.Equal(RefreshReason.TokenRefused, (await OfAsync("HEAD", 403, "", errorType: "ExpiredTokenException:http://x")).Reason);
    }

    private static async Task<SessionRefusal> OfAsync(
        string method, int status, string body, SessionCredentials? credentials = null, AnswerInspection inspection = AnswerInspection.On, string? errorType = null)
    {
        var external = Declared.ExternalCredential("Table") with { AdditionalStatusCodesForTokenRefresh = [419] };
        var intent = new SigningIntent
        {
            Signature = IntendedSignature.Generated,
            NamedCredential = Declared.NamedCredential("Orders", external),
            Session = null,
            Destination = new Destination(new Uri("https://api.example.com/")),
            Request = new OutboundRequest { Method = method, Path = "/", Query = "", Host = "api.example.com" },
            Body = null,
            CustomHeaders = FrozenSet<string>.Empty,
        };
        using var message = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        if (errorType is not null)
            message.Headers.TryAddWithoutValidation("x-amzn-ErrorType", errorType);
        return await SessionRefusal.OfAsync(intent, credentials ?? Temporary, new MessageAnswer(message), inspection, TestContext.Current.CancellationToken);
    }
}
