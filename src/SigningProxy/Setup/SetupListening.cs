using SigningProxy.Callouts;
using SigningProxy.Listeners;

namespace SigningProxy.Setup;

/// <summary>Where Setup listens, by the host settings.</summary>
internal static class SetupListening
{
    private const string Key = $"{SetupOptions.Section}:{nameof(SetupOptions.Listen)}";
    private const string Forms = "Write \"127.0.0.1:9081\", \"unix:/run/signing-proxy/setup.sock\", \"https:0.0.0.0:9443\" or \"off\"";

    /// <summary>Setup's listener; null where there is none. The settings have been judged.</summary>
    public static SetupListener? Of(SetupOptions options, ListenerOptions listeners) =>
        options.IsOn && options.Listen != ListenerOptions.Off && ListenAddress.TryParse(options.Listen, out var address)
            ? new SetupListener(address! with { Proofs = options.ClientAuthoritiesFile.Length > 0 ? AcceptedProofs.ClientCertificate : AcceptedProofs.Loopback }, Tls(options, listeners))
            : null;

    public static IEnumerable<string> Faults(SetupOptions options, ListenerOptions listeners)
    {
        if (options.Listen == ListenerOptions.Off)
            yield break;
        if (!ListenAddress.TryParse(options.Listen, out var address) || address is not { Proofs: AcceptedProofs.Loopback, Protocol: not ListenProtocol.Http2 })
        {
            yield return $"{Key}: \"{options.Listen}\" is not an address for Setup. {Forms}.";
            yield break;
        }
        var tls = Tls(options, listeners);
        if (address is { IsLocal: false, Protocol: not ListenProtocol.Tls })
            yield return $"{Key}: \"{options.Listen}\" can be reached from other machines, and would carry tokens and secrets in the clear. Write \"https:\" before it, and set {SetupOptions.Section}:{nameof(SetupOptions.CertificateFile)} or {ListenerOptions.Section}:CertificateFile.";
        if (address.Protocol == ListenProtocol.Tls && tls.CertificateFile.Length == 0)
            yield return $"{Key}: \"{options.Listen}\" needs a certificate. Set {SetupOptions.Section}:{nameof(SetupOptions.CertificateFile)} or {ListenerOptions.Section}:CertificateFile.";
        if (address.Protocol != ListenProtocol.Tls && options.ClientAuthoritiesFile.Length > 0)
            yield return $"{SetupOptions.Section}:{nameof(SetupOptions.ClientAuthoritiesFile)}: \"{options.Listen}\" is without TLS, where no certificate is shown. Write \"https:\" before it.";
        if (options.IsOn && address.Protocol == ListenProtocol.Tls && tls.CertificateFile.Length > 0)
        {
            foreach (var fault in new ListenerCertificate(tls, SetupOptions.Section).Faults())
                yield return fault;
        }
        foreach (var other in options.IsOn ? listeners.Addresses().Where(address.Clashes) : [])
            yield return $"{Key}: \"{other}\" is at this address too, where only one can listen. Give Setup one of its own.";
    }

    /// <summary>Setup's listener with its setting, where there is one. The settings have been judged.</summary>
    public static IEnumerable<(string Setting, ListenAddress Address)> WithSetting(SetupOptions options, ListenerOptions listeners) =>
        Of(options, listeners) is { } listener ? [(Key, listener.Address with { Proofs = AcceptedProofs.Loopback })] : [];

    private static ListenerOptions Tls(SetupOptions options, ListenerOptions listeners) => new()
    {
        CertificateFile = options.CertificateFile.Length > 0 ? options.CertificateFile : listeners.CertificateFile,
        CertificateKeyFile = options.CertificateFile.Length > 0 ? options.CertificateKeyFile : listeners.CertificateKeyFile,
        ClientAuthoritiesFile = options.ClientAuthoritiesFile,
    };
}
