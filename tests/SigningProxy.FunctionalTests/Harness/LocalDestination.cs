using System.Security.Cryptography.X509Certificates;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>Starts stand-ins within the test's own time.</summary>
internal static class LocalDestination
{
    public static readonly LocalKey Key = new("AKIAFUNCTIONALTESTS1", "a-made-up-secret-of-the-tests");

    public static Task<LocalAwsServer> StartAsync(LocalKey? key = null, X509Certificate2? certificate = null, UnsignedPayload unsignedPayload = default) =>
        LocalAwsServer.StartAsync(
            new() { Keys = [key ?? Key], Certificate = certificate, UnsignedPayload = unsignedPayload }, TestContext.Current.CancellationToken);
}
