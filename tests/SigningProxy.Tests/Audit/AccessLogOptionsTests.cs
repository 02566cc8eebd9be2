using SigningProxy.Audit;

namespace SigningProxy.Tests.Audit;

public sealed class AccessLogOptionsTests
{
    [Fact]
    public void Defaults_AreOff()
    {
        var options = new AccessLogOptions();

        Assert.Equal(("", TellQuery.Off, 4096, false), (options.File, options.Query, options.Capacity, options.IsOn));
        Assert.Empty(options.Faults());
    }

    [Theory]
    [InlineData("stdout")]
    [InlineData("/dev/access.jsonl")]
    public void Faults_WhenTheFileCanBe_AreNone(string file) => Assert.Empty(new AccessLogOptions { File = file }.Faults());

    [Theory]
    [InlineData("access.jsonl")]
    [InlineData("Stdout")]
    [InlineData("/no/such/folder/access.jsonl")]
    [InlineData("/")]
    public void Faults_WhenTheFileCannotBe_SayHow(string file) => Assert.Equal(
        ["SigningProxy:AccessLog:File: this is neither \"stdout\" nor an absolute path in a folder that exists. Write it as /var/log/signing-proxy/access.jsonl."],
        new AccessLogOptions { File = file }.Faults());

    [Theory]
    [InlineData(15)]
    [InlineData(1_000_001)]
    public void Faults_WhenTheCapacityIsOutside_SayHow(int capacity) => Assert.Equal(
        [$"SigningProxy:AccessLog:Capacity: {capacity} is not within 16 and 1000000. Write a number of lines between these."], new AccessLogOptions { Capacity = capacity }.Faults());
}
