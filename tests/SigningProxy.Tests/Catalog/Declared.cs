using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Catalog;

/// <summary>Entries of a catalog as an administrator might have declared them, good unless a test says otherwise.</summary>
internal static class Declared
{
    public static Principal Principal(string name, int sequenceNumber) => new()
    {
        Name = name,
        SequenceNumber = sequenceNumber,
        SessionKey = SessionKey.Of("Declared", name),
        Keys = new SessionCredentials("AKIDEXAMPLE000000001", "not shown"),
    };

    public static ExternalCredential ExternalCredential(string name, params Principal[] principals) => new()
    {
        Name = name,
        Label = name,
        Scope = new CredentialScope("eu-west-1", "execute-api"),
        Signing = SigningSettings.ForService("execute-api"),
        Variant = CredentialVariant.AccessKey,
        DeclaredIn = "",
        Principals = principals,
    };

    public static NamedCredential NamedCredential(string name, ExternalCredential externalCredential, string url = "https://api.example.com") => new()
    {
        Name = name,
        Label = name,
        Url = new Uri(url),
        ExternalCredential = externalCredential,
    };

    /// <summary>A permission set: these callers, and principals such as <c>E-P</c>.</summary>
    public static PermissionSet PermissionSet(string[] callers, params string[] principals) => new("Set", "Set", callers, Names(principals));

    public static Profile Profile(string name, params string[] principals) => new(name, name, Names(principals));

    private static PrincipalName[] Names(string[] names) =>
        [.. names.Select(n => PrincipalName.TryParse(n, out var name) ? name : throw new FormatException(n))];
}
