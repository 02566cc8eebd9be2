using SigningProxy.Callers.Jwt;
using SigningProxy.Catalog;

namespace SigningProxy.Setup.SignIn.Oidc;

/// <summary>The OpenID Connect issuer that signs administrators in. Section <c>SigningProxy:Setup:Oidc</c>; off when it names no issuer.</summary>
internal sealed class OidcOptions
{
    public const string Section = $"{SetupOptions.Section}:Oidc";

    /// <summary>The <c>iss</c> of its tokens, compared exactly; its discovery document is below.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>As which client Setup is known there.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>A file that holds the client's secret, read for every sign-in. A client without one is a public client.</summary>
    public string ClientSecretFile { get; set; } = "";

    /// <summary>The environment variable that holds the client's secret. None when empty.</summary>
    public string ClientSecretEnv { get; set; } = "";

    /// <summary>What is asked for, with spaces between; <c>openid</c> is among it.</summary>
    public string Scopes { get; set; } = "openid email";

    /// <summary>The authorities that vouch for the issuer's address, a PEM bundle; the system's when empty.</summary>
    public string AuthoritiesFile { get; set; } = "";

    public bool IsOn => Issuer.Length > 0;

    /// <summary>The issuer as one of tokens.</summary>
    public IssuerOptions Tokens() => new() { Issuer = Issuer, Audience = ClientId, AuthoritiesFile = AuthoritiesFile };

    /// <summary>The client's secret now, or null.</summary>
    /// <exception cref="IOException">Its file cannot be read.</exception>
    public Secret? ClientSecret() =>
        ClientSecretFile.Length > 0 ? new Secret(File.ReadAllText(ClientSecretFile).TrimEnd('\r', '\n'))
        : ClientSecretEnv.Length > 0 && Environment.GetEnvironmentVariable(ClientSecretEnv) is { } text ? new Secret(text)
        : null;

    public IEnumerable<string> Faults()
    {
        if (!IsOn)
        {
            if (ClientId.Length > 0 || ClientSecretFile.Length > 0 || ClientSecretEnv.Length > 0)
                yield return $"{Section}:{nameof(Issuer)}: it is missing. Write the iss of its tokens.";
            yield break;
        }
        if (!IssuerOptions.IsSafe(Issuer))
            yield return $"{Section}:{nameof(Issuer)}: \"{Issuer}\" is not an address over https, nor one on the loopback. Write https.";
        if (ClientId.Length == 0)
            yield return $"{Section}:{nameof(ClientId)}: it is missing. Register Setup with the issuer, and write the id it was given.";
        if (ClientSecretFile.Length > 0 && ClientSecretEnv.Length > 0)
            yield return $"{Section}:{nameof(ClientSecretEnv)}: the secret is in a file already ({nameof(ClientSecretFile)}). Name one of the two.";
        else if (ClientSecretFile.Length > 0 ? !File.Exists(ClientSecretFile) : ClientSecretEnv.Length > 0 && ClientSecret() is null)
            yield return $"{Section}:{(ClientSecretFile.Length > 0 ? nameof(ClientSecretFile) : nameof(ClientSecretEnv))}: there is no such thing. Provide it, or name none for a public client.";
        if (!Scopes.Split(' ').Contains("openid"))
            yield return $"{Section}:{nameof(Scopes)}: \"openid\" is not among them. Write such as \"openid email groups\".";
        if (AuthoritiesFile.Length > 0 && !File.Exists(AuthoritiesFile))
            yield return $"{Section}:{nameof(AuthoritiesFile)}: there is no file \"{AuthoritiesFile}\". Provide it.";
    }
}
