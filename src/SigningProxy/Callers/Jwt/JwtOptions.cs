namespace SigningProxy.Callers.Jwt;

/// <summary>Whose JSON Web Tokens prove callers. Section <c>SigningProxy:Jwt</c>.</summary>
internal sealed class JwtOptions
{
    public const string Section = "SigningProxy:Jwt";

    public IList<IssuerOptions> Issuers { get; } = [];

    public IEnumerable<string> Faults()
    {
        for (var i = 0; i < Issuers.Count; i++)
        {
            foreach (var fault in Issuers[i].Faults())
                yield return $"{Section}:Issuers:{i}:{fault}";
        }
        foreach (var twice in Issuers.GroupBy(o => o.Issuer, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return $"{Section}:Issuers: \"{twice.Key}\" stands there more than once. Name each issuer once.";
    }
}

/// <summary>One issuer, and where its keys are found: in a file, at an address, or by the discovery document below its own name.</summary>
internal sealed class IssuerOptions
{
    /// <summary>The <c>iss</c> of its tokens, compared exactly.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>What must be among the <c>aud</c> of its tokens.</summary>
    public string Audience { get; set; } = "";

    /// <summary>A file that holds its key set (RFC 7517); read again when it changes.</summary>
    public string JwksFile { get; set; } = "";

    /// <summary>The address of its key set; the one that its discovery document tells when neither this nor a file is given.</summary>
    public string JwksUrl { get; set; } = "";

    /// <summary>The authorities that vouch for the issuer's own address, a PEM bundle; the system's when empty.</summary>
    public string AuthoritiesFile { get; set; } = "";

    /// <summary>A file with a bearer token to be sent to the issuer, as a cluster's own API asks for; none when empty.</summary>
    public string TokenFile { get; set; } = "";

    public IEnumerable<string> Faults()
    {
        if (Issuer.Length == 0)
            yield return "Issuer: it is missing. Write the iss of its tokens.";
        if (Audience.Length == 0)
            yield return "Audience: it is missing. Write what its tokens for this proxy have as aud, such as signing-proxy.";
        if (JwksFile.Length > 0 && JwksUrl.Length > 0)
            yield return "JwksFile: there is a JwksUrl too. Give one of them.";
        if (JwksFile.Length > 0 && !File.Exists(JwksFile))
            yield return $"JwksFile: there is no file \"{JwksFile}\". Provide the issuer's key set.";
        if (JwksFile.Length == 0 && !IsSafe(Address))
            yield return "JwksUrl: keys are to be had over https, or from the loopback. Write https, or give a JwksFile.";
        foreach (var (name, file) in new[] { (nameof(AuthoritiesFile), AuthoritiesFile), (nameof(TokenFile), TokenFile) })
        {
            if (file.Length > 0 && !File.Exists(file))
                yield return $"{name}: there is no file \"{file}\". Provide it.";
        }
    }

    /// <summary>Where keys are asked for.</summary>
    public string Address => JwksUrl.Length > 0 ? JwksUrl : $"{Issuer.TrimEnd('/')}/.well-known/openid-configuration";

    /// <summary>Whether an address is one that nobody on the way can answer for.</summary>
    public static bool IsSafe(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
