using System.Globalization;
using System.Security.Cryptography;
using SigningProxy.Catalog.Validation;
using SigningProxy.Setup;
using SigningProxy.Store;

namespace SigningProxy.Cli;

/// <summary>Setup in the demo: a database, its key and an administrator's token, which all go with the demo's folder.</summary>
internal static class DemoSetup
{
    private const string MasterKeyFile = "master.key";

    /// <summary>Makes what Setup needs.</summary>
    /// <returns>The host settings that turn it on, each <c>KEY=VALUE</c>.</returns>
    public static IReadOnlyList<string> Settings(string folder)
    {
        var key = Path.Combine(folder, MasterKeyFile);
        MasterKey.Make(key);
        File.WriteAllText(TokenFileIn(folder), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        return
        [
            $"{SetupOptions.Section}:{nameof(SetupOptions.Database)}={Path.Combine(folder, "setup", "setup.db")}",
            $"{SetupOptions.Section}:{nameof(SetupOptions.MasterKeyFile)}={key}",
            // Another proxy may have the port that is Setup's otherwise.
            $"{SetupOptions.Section}:{nameof(SetupOptions.Listen)}=127.0.0.1:0",
            $"{SetupOptions.Section}:{nameof(SetupOptions.Administrators)}:0=demo may Manage by tokenFile {TokenFileIn(folder)}",
            // For entries that lead to the stand-in, and test calls of those that the demo declares.
            .. ((SetupAllowance[])[SetupAllowance.Endpoint, SetupAllowance.LocalAddresses, SetupAllowance.GrantProvisioned])
                .Select((allowed, i) => $"{SetupOptions.Section}:{nameof(SetupOptions.Allow)}:{i}={allowed}"),
        ];
    }

    public static string TokenFileIn(string folder) => Path.Combine(folder, "setup-token");

    /// <summary>Where Setup is served, as a URL without a slash at its end.</summary>
    public static string AddressOf(ProxyApplication proxy) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{proxy.Setup!.Port}");
}
