using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

/// <summary>A destination whose clock is not ours.</summary>
public class ClockTests
{
    private static readonly LocalKey Static = new("AKIACLOCKTESTS000001", "the-secret-of-the-clock-tests");

    [Theory]
    [InlineData("lambda", 20)]
    [InlineData("lambda", -20)]
    [InlineData("s3", 20)]
    [InlineData("s3", -20)]
    [InlineData("dynamodb", 20)]
    [InlineData("lambda", 60 * 23)]
    public async Task Clock_ThatIsFarOff_IsCorrectedByTheFirstAnswer(string service, int minutes)
    {
        await using var stage = await StartAsync(service);
        stage.Aws.SkewClock(TimeSpan.FromMinutes(minutes));

        var first = await GetAsync(stage, service);
        var more = new[] { await GetAsync(stage, service), await GetAsync(stage, service) };

        first.AssertReplayed();
        Assert.All(more, a => a.AssertPlain());
        Assert.Equal(new LocalCounts(DestinationRequests: 4, DestinationRefusals: 1), stage.Aws.Counts);
        await Wait.UntilAsync(() => stage.Proxy.Count($"The clock of {stage.Aws.Address.GetLeftPart(UriPartial.Authority)} is ") == 1, "the log tells of the clock");
        // Date tells whole seconds.
        var told = (TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(5));
        Assert.InRange(OffsetIn(stage.Proxy.Log), told.Item1, told.Item2);
    }

    [Fact]
    public async Task Correction_IsToldAsWhatItIs()
    {
        await using var stage = await StartAsync("lambda");
        stage.Aws.SkewClock(TimeSpan.FromMinutes(20));
        (await stage.GetAsync("/One/x")).AssertReplayed();

        await Wait.UntilAsync(() => stage.Proxy.Count("One refused the time of a request by 403 SignatureDoesNotMatch: ") == 1, "the log tells of the replay");
    }

    [Fact]
    public async Task Clock_ThatTurnsRight_IsCorrectedBack()
    {
        await using var stage = await StartAsync("lambda");
        stage.Aws.SkewClock(TimeSpan.FromMinutes(20));
        (await stage.GetAsync("/One/x")).AssertReplayed();
        stage.Aws.SkewClock(TimeSpan.Zero);

        (await stage.GetAsync("/One/x")).AssertReplayed();
        (await stage.GetAsync("/One/x")).AssertPlain();
    }

    [Theory]
    [InlineData(25)]
    [InlineData(-25)]
    public async Task Clock_ThatIsOffByMoreThanADay_IsNotCorrected(int hours)
    {
        await using var stage = await StartAsync("lambda");
        stage.Aws.SkewClock(TimeSpan.FromHours(hours));

        var answer = await stage.GetAsync("/One/x");

        Assert.Equal((403, null), (answer.Status, answer.Replay));
        Assert.Contains("SignatureDoesNotMatch", answer.Text, StringComparison.Ordinal);
        Assert.Equal(new LocalCounts(DestinationRequests: 1, DestinationRefusals: 1), stage.Aws.Counts);
    }

    [Fact]
    public async Task Clock_WhenAnswersAreNotInspected_IsNotCorrected()
    {
        await using var stage = await StartAsync("lambda", "AnswerInspection=Off");
        stage.Aws.SkewClock(TimeSpan.FromMinutes(20));

        Assert.Equal(403, (await stage.GetAsync("/One/x")).Status);
        Assert.Equal(403, (await stage.GetAsync("/One/x")).Status);
        Assert.Equal(2, stage.Aws.Counts.DestinationRequests);
    }

    private static Task<SessionStage> StartAsync(string service, params string[] settings) => SessionStage.StartAsync(
        SessionStage.Believing(keys: [Static]),
        aws => new SessionCatalog().With(
            "One", aws, "variant: AccessKey", service, principal: $"accessKey: {{value: {Static.AccessKeyId}}}, accessSecret: {{value: {Static.Secret}}}"),
        new Launch(),
        settings);

    private static Task<SessionAnswer> GetAsync(SessionStage stage, string service)
    {
        var request = new HttpRequestMessage(service == "dynamodb" ? HttpMethod.Post : HttpMethod.Get, "/One/");
        if (service == "dynamodb")
        {
            request.Content = new StringContent("{}");
            request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.ListTables");
        }
        return stage.SendAsync(request);
    }

    private static TimeSpan OffsetIn(string log)
    {
        var from = log.IndexOf(" is ", log.IndexOf("The clock of ", StringComparison.Ordinal), StringComparison.Ordinal) + 4;
        return TimeSpan.Parse(log.AsSpan(from, log.IndexOf(" from ours", from, StringComparison.Ordinal) - from), System.Globalization.CultureInfo.InvariantCulture);
    }
}
