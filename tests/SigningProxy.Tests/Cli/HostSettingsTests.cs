using Microsoft.Extensions.Configuration;
using SigningProxy.Cli;

namespace SigningProxy.Tests.Cli;

public sealed class HostSettingsTests
{
    [Fact]
    public void Faults_WhenNothingIsSet_AreNone() => Assert.Empty(Faults());

    [Fact]
    public void Faults_WhenAllIsWrong_TellAllOfIt() => Assert.Equal(
        [
            "SigningProxy:Bodys: there is no such section. There are: SigningProxy:Listeners, SigningProxy:Operator, SigningProxy:Callouts, SigningProxy:Bodies, SigningProxy:Destinations, SigningProxy:Jwt, SigningProxy:Limits, SigningProxy:AccessLog, SigningProxy:Sessions, SigningProxy:Setup, SigningProxy:Setup:Oidc.",
            "SigningProxy:Listeners:Listen: there is no such setting. There are: Callouts, Operations, Operator, SocketMode, SocketGroup, CertificateFile, CertificateKeyFile, ClientAuthoritiesFile.",
            "SigningProxy:Listeners:Callouts: \"8080\" is not an address to listen on. Write \"127.0.0.1:8080\", \"localhost:8080\" (both loopback addresses), \"[::1]:8080\", \"unix:/run/signing-proxy.sock\" (an absolute path of at most 107 bytes), or \"h2c:\" before one of these for HTTP/2 without TLS, or \"https:\" for TLS. \" by Token\" behind it says how callers prove who they are: Loopback, UnixPeer, Token, Jwt, ClientCertificate, LocalSigV4, or several with commas.",
            "SigningProxy:Listeners:Operations: \"h2c:127.0.0.1:1\" is not an address to listen on. Write \"127.0.0.1:9080\" or \"off\".",
            "SigningProxy:Listeners:SocketMode: \"0888\" is not a file mode. Write it in octal, such as \"0660\".",
            "SigningProxy:Listeners:SocketGroup: there is no group \"no such group\" in /etc/group. Write a group's name or its number.",
            "SigningProxy:Callouts:AllowedHosts: \"http://x\" is not a host name. Write it without scheme and port, such as \"proxy.internal\".",
            "SigningProxy:Callouts:AllowedOrigins: \"http://x/\" is not an origin. Write scheme, host and port alone, such as \"http://localhost:3000\".",
            "SigningProxy:Bodies:MemoryLimitBytes: -1 is not within 0 and 1073741824. Write a number of bytes between these.",
            "SigningProxy:Bodies:SpoolLimitBytes: -2 is less than MemoryLimitBytes (-1). Set it to at least that.",
            "SigningProxy:Bodies:TotalMemoryBytes: -3 is less than MemoryLimitBytes (-1), so that not one such body would fit. Set it to at least that.",
            "SigningProxy:Bodies:TotalSpoolBytes: -4 is less than SpoolLimitBytes (-2), so that not one such body would fit. Set it to at least that.",
            "SigningProxy:Bodies:SpoolFolder: there is no folder \"/no/such/folder\". Make it, or name another.",
            "SigningProxy:Destinations:ConnectTimeout: 00:00:00 is not between 0 and 1 day. Write it as hours:minutes:seconds, such as 00:01:30.",
            "SigningProxy:Destinations:ActivityTimeout: -00:00:01 is not between 0 and 1 day. Write it as hours:minutes:seconds, such as 00:01:30.",
            "SigningProxy:Destinations:PooledConnectionLifetime: 1.00:00:01 is not between 0 and 1 day. Write it as hours:minutes:seconds, such as 00:01:30.",
            "SigningProxy:Destinations:PooledConnectionIdleTimeout: 100.00:00:00 is not between 0 and 1 day. Write it as hours:minutes:seconds, such as 00:01:30.",
            "SigningProxy:Sessions:FetchTimeout: 00:00:00 is not between 10 milliseconds and 1 hour. Write it as hours:minutes:seconds, such as 00:00:05.",
            "SigningProxy:Sessions:WaitLimit: 02:00:00 is not between 10 milliseconds and 1 hour. Write it as hours:minutes:seconds, such as 00:00:05.",
            "SigningProxy:Sessions:ForcedRefreshInterval: 00:00:00 is not between 10 milliseconds and 1 hour. Write it as hours:minutes:seconds, such as 00:00:05.",
            "SigningProxy:Sessions:BackoffStep: 00:00:09 is longer than LongestBackoffStep (00:00:08). Set it to at most that.",
            "SigningProxy:Sessions:MinimumDurationSeconds: 0 is not within 1 and 900. Write a number of seconds between these.",
        ],
        Faults(
            "Bodys:MemoryLimitBytes=1",
            "Listeners:Listen=x", "Listeners:Callouts:0=8080", "Listeners:Operations=h2c:127.0.0.1:1", "Listeners:SocketMode=0888", "Listeners:SocketGroup=no such group",
            "Callouts:AllowedHosts:0=http://x", "Callouts:AllowedOrigins:0=http://x/",
            "Bodies:MemoryLimitBytes=-1", "Bodies:SpoolLimitBytes=-2", "Bodies:TotalMemoryBytes=-3", "Bodies:TotalSpoolBytes=-4", "Bodies:SpoolFolder=/no/such/folder",
            "Destinations:ConnectTimeout=0:0", "Destinations:ActivityTimeout=-00:00:01", "Destinations:PooledConnectionLifetime=1.00:00:01",
            "Destinations:PooledConnectionIdleTimeout=100",
            "Sessions:FetchTimeout=00:00", "Sessions:WaitLimit=02:00", "Sessions:ForcedRefreshInterval=00:00", "Sessions:BackoffStep=00:00:09", "Sessions:LongestBackoffStep=00:00:08",
            "Sessions:MinimumDurationSeconds=0"));

    [Theory]
    [InlineData("Bodies:MemoryLimitBytes", "the value is not a whole number of bytes. Write digits alone, such as 65536.")]
    [InlineData("Bodies:SpoolLimitBytes", "the value is not a whole number of bytes. Write digits alone, such as 65536.")]
    [InlineData("Bodies:TotalMemoryBytes", "the value is not a whole number of bytes. Write digits alone, such as 65536.")]
    [InlineData("Bodies:TotalSpoolBytes", "the value is not a whole number of bytes. Write digits alone, such as 65536.")]
    [InlineData("Destinations:ConnectTimeout", "the value is not a duration. Write it as hours:minutes:seconds, such as 00:01:30.")]
    [InlineData("Destinations:ActivityTimeout", "the value is not a duration. Write it as hours:minutes:seconds, such as 00:01:30.")]
    [InlineData("Destinations:PooledConnectionLifetime", "the value is not a duration. Write it as hours:minutes:seconds, such as 00:01:30.")]
    [InlineData("Destinations:PooledConnectionIdleTimeout", "the value is not a duration. Write it as hours:minutes:seconds, such as 00:01:30.")]
    [InlineData("Sessions:FetchTimeout", "the value is not a duration. Write it as hours:minutes:seconds, such as 00:01:30.")]
    [InlineData("Sessions:MinimumDurationSeconds", "the value is not a whole number. Write digits alone, such as 900.")]
    [InlineData("Sessions:Startup", "the value is not one of the words it takes. Write Eager or Lazy.")]
    [InlineData("Sessions:BackgroundRefresh", "the value is not one of the words it takes. Write On or Off.")]
    [InlineData("Sessions:AnswerInspection", "the value is not one of the words it takes. Write On or Off.")]
    [InlineData("Listeners:Callouts", "the value is not a list. Give each text a number of its own, such as SigningProxy:Listeners:Callouts:0.")]
    [InlineData("Callouts:AllowedHosts", "the value is not a list. Give each text a number of its own, such as SigningProxy:Callouts:AllowedHosts:0.")]
    [InlineData("Callouts:AllowedOrigins", "the value is not a list. Give each text a number of its own, such as SigningProxy:Callouts:AllowedOrigins:0.")]
    public void Faults_WhenAValueHasAnotherForm_NameTheSettingAndNotTheValue(string setting, string expected) =>
        Assert.Equal([$"SigningProxy:{setting}: {expected}"], Faults($"{setting}=wJalrXUtnFEMI"));

    [Theory]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("0x10")]
    [InlineData("1,000")]
    [InlineData("9223372036854775808")]
    public void Faults_WhenANumberIsNone_AreToldAndNotThrown(string value) =>
        Assert.StartsWith("SigningProxy:Bodies:MemoryLimitBytes: the value is not", Assert.Single(Faults($"Bodies:MemoryLimitBytes={value}")), StringComparison.Ordinal);

    private static IReadOnlyList<string> Faults(params string[] settings) => HostSettings.Faults(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create($"SigningProxy:{s[0]}", (string?)s[1])))
        .Build());
}
