namespace SigningProxy.Catalog.Declarations;

/// <summary>Where a secret is read from: exactly one of an environment variable, a file, or the text itself.</summary>
/// <param name="Env">The name of an environment variable.</param>
/// <param name="File">A path, made absolute by whoever read the declaration.</param>
/// <param name="Value">The text itself, which validation warns of.</param>
internal sealed record SecretReference(string? Env, string? File, Secret? Value)
{
    /// <summary>The forms a reference may have, for whoever wrote something else.</summary>
    public const string Forms = "Write {env: NAME} or {file: PATH}, or {value: TEXT} for what need not be secret.";

    public bool IsWhole => (Env is null ? 0 : 1) + (File is null ? 0 : 1) + (Value is null ? 0 : 1) == 1;
}

/// <summary>Where a certificate with its private key is read from: a file, or a text. Paths were made absolute by whoever read the declaration.</summary>
/// <param name="File">PEM or PKCS#12, with the intermediates in any order; null where there is <paramref name="Content"/>.</param>
/// <param name="KeyFile">The private key in PEM, when it is not in <paramref name="File"/>.</param>
/// <param name="Password">Of an encrypted key or a PKCS#12 file, or null.</param>
/// <param name="Content">PEM with the private key in it, or PKCS#12 in Base64; null where there is <paramref name="File"/>.</param>
internal sealed record CertificateReference(string? File, string? KeyFile, SecretReference? Password, SecretReference? Content = null)
{
    /// <summary>What it is called in faults.</summary>
    public string Place => File ?? "content";

    /// <summary>The reference, or null where nothing says where the certificate is.</summary>
    public static CertificateReference? Of(string? file, string? keyFile, SecretReference? password, SecretReference? content) =>
        file is null && content is null ? null : new(file, keyFile, password, content);
}
