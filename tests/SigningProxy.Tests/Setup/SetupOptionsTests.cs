using SigningProxy.Setup;

namespace SigningProxy.Tests.Setup;

public sealed class SetupOptionsTests
{
    [Fact]
    public void Defaults_AreOffAndAllowNothing()
    {
        var options = new SetupOptions();
        Assert.False(options.IsOn);
        Assert.Empty(options.Faults());
        Assert.Empty((IEnumerable<string>)[.. options.AllowedFolders, .. options.AllowedVariables, .. options.Allow]);
    }

    [Fact]
    public void Faults_WhenAllIsWrong_TellAllOfIt() => Assert.Equal(
        [
            "SigningProxy:Setup:MasterKeyFile: there must be exactly one master key for the database. Name its file, or by MasterKeyEnv its variable; \"signing-proxy catalog new-key FILE\" makes one.",
            "SigningProxy:Setup:AllowedFolders: \"run/secrets\" is not the plain path of a folder. Write it from the root on and without dot segments, such as /run/secrets/setup.",
            "SigningProxy:Setup:AllowedFolders: \"/run/../etc\" is not the plain path of a folder. Write it from the root on and without dot segments, such as /run/secrets/setup.",
            "SigningProxy:Setup:AllowedVariables: \"\" does not begin the name of a variable. Write such as SETUP_.",
            "SigningProxy:Setup:Allow: \"Everything\" is none of the words it takes. There are Ambient, WebIdentity, Endpoint, SignHost, PlainHttp, LocalAddresses, GrantProvisioned.",
        ],
        new SetupOptions { Database = "/x/y", AllowedFolders = { "run/secrets", "/run/../etc", "/run/ok" }, AllowedVariables = { "", "SETUP_" }, Allow = { "Everything", "SignHost" } }.Faults());

    [Fact]
    public void Faults_WhenThereAreTwoMasterKeys_SaySo() =>
        Assert.Contains("exactly one", Assert.Single(new SetupOptions { Database = "/x", MasterKeyFile = "/k", MasterKeyEnv = "K" }.Faults()), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "", "127.0.0.1:9081", true)]
    [InlineData("/var/lib/signing-proxy/sign-in-link", "", "127.0.0.1:9081", false)]
    [InlineData("", "ada may Manage by tokenEnv ADA_TOKEN", "127.0.0.1:9081", false)]
    [InlineData("", "", "off", false)]
    public void LinkFile_WhereAPostgresHasNoFolder_IsDemanded(string file, string administrator, string listen, bool demanded)
    {
        var options = new SetupOptions { Database = "postgres://proxy@localhost/setup", MasterKeyEnv = "K", LinkFile = file, Listen = listen };
        if (administrator.Length > 0)
            options.Administrators.Add(administrator);

        Assert.Equal(demanded, options.Faults().Any(f => f.Contains("LinkFile", StringComparison.Ordinal)));
    }
}
