using System.Text;
using System.Text.Json;

namespace SigningProxy.FunctionalTests.Explaining;

public sealed class ExplainTests : IDisposable
{
    private const string Token = "IQoJb3JpZ2luX2VjE+a/session==";
    private const string ListUsers = "GET /?Action=ListUsers&Version=2010-05-08 HTTP/1.1\nHost: iam.amazonaws.com\nContent-Type: application/x-www-form-urlencoded; charset=utf-8\n\n";
    private const string Documented = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";

    private static readonly string[] AsDocumented = ["--service", "iam", "--region", "us-east-1", "--date", "20150830T123600Z", "--content-sha256-header", "off"];

    private readonly string _folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("\n", false)]
    [InlineData("\r\n", false)]
    [InlineData("\n", true)]
    [InlineData("\r\n", true)]
    public async Task Request_FromFileOrInput_HasTheDocumentedSignature(string end, bool fromFile)
    {
        var request = Encoding.UTF8.GetBytes(ListUsers.ReplaceLineEndings(end));
        var file = Path.Combine(_folder, "request");
        await File.WriteAllBytesAsync(file, request, TestContext.Current.CancellationToken);

        var (code, output, error) = await Explain.RunAsync(fromFile ? [] : request, Explain.Keys, ["--request", fromFile ? file : "-", .. AsDocumented, "--output", "json"]);

        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        string Member(string name) => json.RootElement.GetProperty(name).GetString()!;
        Assert.Equal(Documented, Member("signature"));
        Assert.Equal($"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature={Documented}", Member("authorization"));
        Assert.StartsWith("GET\n/\nAction=ListUsers&Version=2010-05-08\ncontent-type:", Member("canonicalRequest"), StringComparison.Ordinal);
        Assert.StartsWith("AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n", Member("stringToSign"), StringComparison.Ordinal);
        Assert.Equal("content-type;host;x-amz-date", Member("signedHeaders"));
        Assert.Equal("20150830/us-east-1/iam/aws4_request", Member("scope"));
        Assert.Equal("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08", Member("url"));
        Assert.Equal(Member("authorization"), json.RootElement.GetProperty("headers").GetProperty("Authorization").GetString());
    }

    [Fact]
    public async Task Text_TellsTheSame_AndWhatTheHostTold()
    {
        var (code, output, _) = await RunAsync(ListUsers, "--date", "2015-08-30T12:36:00Z", "--content-sha256-header", "off");

        Assert.Equal(0, code);
        Assert.Contains(Documented, output, StringComparison.Ordinal);
        Assert.Contains("Service iam and region us-east-1 were read from the host iam.amazonaws.com.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task Output_ShowsNeitherSecretNorToken_UnlessItIsAskedFor(string form)
    {
        var keys = new Dictionary<string, string>(Explain.Keys) { ["AWS_SESSION_TOKEN"] = Token };
        var request = Encoding.UTF8.GetBytes("GET / HTTP/1.1\nHost: sqs.eu-west-1.amazonaws.com\n");

        var hidden = await Explain.RunAsync(request, keys, "--request", "-", "--output", form);
        var presigned = await Explain.RunAsync(request, keys, "--request", "-", "--output", form, "--presign", "60");
        var shown = await Explain.RunAsync(request, keys, "--request", "-", "--output", form, "--show-session-token");

        Assert.All([hidden, presigned, shown], run => Assert.Equal((0, ""), (run.ExitCode, run.Error)));
        Assert.All([hidden, presigned, shown], run => Assert.DoesNotContain(Explain.Secret, run.Output, StringComparison.Ordinal));
        Assert.All([hidden, presigned], run => Assert.DoesNotContain(Token, run.Output, StringComparison.Ordinal));
        Assert.DoesNotContain(Uri.EscapeDataString(Token), presigned.Output, StringComparison.Ordinal);
        Assert.Contains("x-amz-security-token:<session token, 29 characters>", hidden.Output, StringComparison.Ordinal);
        Assert.Contains($"x-amz-security-token:{Token}", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_OfNamedVariables_Sign_AndAnEmptyTokenIsNone()
    {
        var environment = new Dictionary<string, string> { ["A"] = "AKIDEXAMPLE", ["B"] = Explain.Secret, ["C"] = "", ["AWS_SESSION_TOKEN"] = Token };

        var (code, output, _) = await Explain.RunAsync(
            Encoding.UTF8.GetBytes(ListUsers), environment, ["--request", "-", .. AsDocumented, "--access-key-env", "A", "--secret-key-env", "B", "--session-token-env", "C"]);

        Assert.Equal(0, code);
        Assert.Contains(Documented, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_Missing_AreTold()
    {
        var (code, output, error) = await Explain.RunAsync(
            Encoding.UTF8.GetBytes(ListUsers), new() { ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "" }, "--request", "-");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("AWS_SECRET_ACCESS_KEY is not set", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_TellsTheFirstDifference_ByItsExitCodeToo()
    {
        var canonical = Path.Combine(_folder, "canonical");
        await File.WriteAllTextAsync(
            canonical,
            "GET\n/\nAction=ListUsers&Version=2010-05-08\ncontent-type:application/x-www-form-urlencoded\nhost:iam.amazonaws.com\nx-amz-date:20150830T123600Z\n\n"
                + "content-type;host;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n",
            TestContext.Current.CancellationToken);

        var other = await RunAsync(ListUsers, [.. AsDocumented, "--compare", canonical]);
        var same = await RunAsync(ListUsers.Replace("; charset=utf-8", "", StringComparison.Ordinal), [.. AsDocumented, "--compare", canonical]);

        Assert.Equal(1, other.ExitCode);
        Assert.Contains("The first difference is the header content-type.", other.Output, StringComparison.Ordinal);
        Assert.Equal(0, same.ExitCode);
        Assert.Contains("There is no difference.", same.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /", "line 1 of the request")]
    [InlineData("GET / HTTP/1.1\nHost: example.com\n", "Give --service")]
    public async Task Request_ThatCannotBeExplained_IsTold(string request, string told)
    {
        var (code, output, error) = await RunAsync(request);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "--request")]
    [InlineData("--request - --date yesterday", "yesterday")]
    [InlineData("--request - --path-encoding thrice", "once or twice")]
    [InlineData("--request - --normalize-path maybe", "on or off")]
    [InlineData("--request - --content-sha256-header maybe", "on or off")]
    [InlineData("--request - --session-token-mode before", "signed or after")]
    [InlineData("--request - --payload abc", "64 hexadecimal digits")]
    [InlineData("--request - --presign 604801", "604800")]
    [InlineData("--request - --algorithm sigv5", "sigv4 or sigv4a")]
    [InlineData("--request - --region-set eu-west-1", "--algorithm sigv4a")]
    [InlineData("--request - --compare -", "standard input")]
    [InlineData("--request - --principal A", "--named-credential")]
    [InlineData("--request - --named-credential A --service s3", "--service")]
    [InlineData("--request - --output xml", "xml")]
    public async Task CommandLine_Wrong_SaysWhatAndWhereToLook(string line, string told)
    {
        var (code, output, error) = await RunAsync(ListUsers, line.Split(' ', StringSplitOptions.RemoveEmptyEntries), withRequest: false);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.Contains("Try \"signing-proxy explain --help\"", error, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(string request, params string[] arguments) => RunAsync(request, arguments, withRequest: true);

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(string request, string[] arguments, bool withRequest) =>
        Explain.RunAsync(Encoding.UTF8.GetBytes(request), Explain.Keys, withRequest ? ["--request", "-", .. arguments] : arguments);
}
