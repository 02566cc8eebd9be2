using SigningProxy.LocalAws;

namespace SigningProxy.Tests.LocalAws;

public sealed class LocalAwsProgramTests
{
    [Fact]
    public async Task Run_WithHelp_ExplainsItself()
    {
        var (code, output, errors) = await RunAsync(["--help"]);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("--port PORT", output, StringComparison.Ordinal);
        Assert.Contains("default 4566", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port takes a number from 0 to 65535.", "--port")]
    [InlineData("--port takes a number from 0 to 65535.", "--port", "65536")]
    [InlineData("--host takes an IP address", "--host", "everywhere")]
    [InlineData("'--verbose' is not an option.", "--verbose")]
    public async Task Run_WithArgumentsItCannotRead_SaysWhich(string says, params string[] args)
    {
        var (code, output, errors) = await RunAsync(args);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(says, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AKID")]
    [InlineData("AKID:")]
    [InlineData(":very-secret")]
    [InlineData("AKID:very-secret,")]
    [InlineData("AKID:very-secret,AKID:very-secret")]
    public async Task Run_WithKeysItCannotRead_SaysSoWithoutThem(string keys)
    {
        var (code, _, errors) = await RunAsync([], keys);
        Assert.Equal(2, code);
        Assert.Contains("LOCAL_AWS_KEYS", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UntilStopped_NamesItsKeysWithoutSecrets()
    {
        var (code, output, errors) = await RunAsync(["--port", "0"], "AKIDONE:very-secret,AKIDTWO:very:secret");
        Assert.Equal((0, ""), (code, errors));
        Assert.Matches("^local-aws listens on http://127\\.0\\.0\\.1:[0-9]+/ and knows AKIDONE, AKIDTWO", output);
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OpenToOtherMachines_Warns()
    {
        var (code, _, errors) = await RunAsync(["--port", "0", "--host", "0.0.0.0"]);
        Assert.Equal(0, code);
        Assert.Contains("warning", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhenThePortIsTaken_CannotStart()
    {
        await using var server = await LocalAwsServer.StartAsync(new(), TestContext.Current.CancellationToken);
        var (code, output, errors) = await RunAsync(["--port", $"{server.Address.Port}"]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("is in use", errors, StringComparison.Ordinal);
    }

    // Stopped by its first line of output: nothing here waits for a time to pass
    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] args, string? keys = null)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var output = new StoppingWriter(stopping);
        await using var errors = new StringWriter();
        var code = await LocalAwsProgram.RunAsync(args, keys, output, errors, stopping.Token);
        return (code, output.ToString(), errors.ToString());
    }

    private sealed class StoppingWriter(CancellationTokenSource stopping) : StringWriter
    {
        public override async Task WriteLineAsync(string? value)
        {
            await base.WriteLineAsync(value);
            await stopping.CancelAsync();
        }
    }
}
