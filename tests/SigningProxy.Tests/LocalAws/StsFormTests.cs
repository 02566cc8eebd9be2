using System.Net.Http.Headers;
using System.Text;

namespace SigningProxy.Tests.LocalAws;

/// <summary>Forms that the SDK's client would not send.</summary>
public sealed class StsFormTests
{
    private const string FormType = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("x")]
    [InlineData("white space")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123456")]
    public async Task AssumeRole_WithASessionNameOutOfForm_IsRefused(string name)
    {
        await using var aws = await SessionStage.StartAsync();
        var (status, _, text) = await aws.AskAsync(Form(aws, $"Action=AssumeRole&Version=2011-06-15&RoleArn={SessionStage.Role}&RoleSessionName={name}"));
        Assert.Equal(400, status);
        Assert.Contains("<Code>ValidationError</Code>", text, StringComparison.Ordinal);
        Assert.Contains("'roleSessionName'", text, StringComparison.Ordinal);
        Assert.Empty(aws.Server.Sessions);
    }

    [Theory]
    [InlineData("Action=AssumeRole&RoleSessionName=me", "ValidationError", "Value null at 'roleArn'")]
    [InlineData("Action=AssumeRole&RoleArn=x", "ValidationError", "Value null at 'roleSessionName'")]
    [InlineData("Action=AssumeRole&RoleArn=x&RoleSessionName=me&DurationSeconds=long", "MalformedInput", "whole number")]
    [InlineData("Action=GetFederationToken&Version=2011-06-15", "InvalidAction", "Could not find operation GetFederationToken for version 2011-06-15")]
    public async Task Form_WhenWrong_IsRefused(string form, string code, string says)
    {
        await using var aws = await SessionStage.StartAsync();
        var (status, _, text) = await aws.AskAsync(Form(aws, form));
        Assert.Equal(400, status);
        Assert.Contains($"<Code>{code}</Code>", text, StringComparison.Ordinal);
        Assert.Contains(says, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AssumeRole_WhenTheBodyWasTamperedWith_IsRefused()
    {
        await using var aws = await SessionStage.StartAsync();
        var request = Form(aws, $"Action=AssumeRole&Version=2011-06-15&RoleArn={SessionStage.Role}&RoleSessionName=me");
        request.Content = new StringContent($"Action=AssumeRole&Version=2011-06-15&RoleArn={SessionStage.Role}&RoleSessionName=you", new MediaTypeHeaderValue(FormType));
        await AssertTamperedAsync(aws, request, 400, "XAmzContentSHA256Mismatch");
    }

    [Fact]
    public async Task AssumeRole_WhenASignedHeaderWasTamperedWith_IsRefused()
    {
        await using var aws = await SessionStage.StartAsync();
        var request = Form(aws, $"Action=AssumeRole&Version=2011-06-15&RoleArn={SessionStage.Role}&RoleSessionName=me");
        request.Content!.Headers.ContentType = new(FormType, "utf-16");
        await AssertTamperedAsync(aws, request, 403, "SignatureDoesNotMatch");
    }

    private static HttpRequestMessage Form(SessionStage aws, string form) => new SdkSigner(aws.Server.Address, SessionStage.Key, "sts", aws.Time)
        .Request("POST", "", Encoding.UTF8.GetBytes(form), new Dictionary<string, string> { ["Content-Type"] = FormType });

    private static async Task AssertTamperedAsync(SessionStage aws, HttpRequestMessage request, int expected, string code)
    {
        var (status, _, text) = await aws.AskAsync(request);
        Assert.Equal(expected, status);
        Assert.Contains($"<Code>{code}</Code>", text, StringComparison.Ordinal);
        Assert.Empty(aws.Server.Sessions);
    }
}
