using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Sessions;

/// <summary>Made-up entries for tests of sessions.</summary>
internal static class Example
{
    public static Principal Principal(string name = "Reader", SessionCredentials? keys = null, params string?[] inputs) => new()
    {
        Name = name,
        SequenceNumber = 1,
        RoleArn = "arn:aws:iam::123456789012:role/reader",
        Keys = keys,
        SessionKey = SessionKey.Of("Table", name, inputs),
    };

    public static ExternalCredential ExternalCredential(params Principal[] principals) => new()
    {
        Name = "Table",
        Label = "Table",
        Scope = new CredentialScope("eu-west-1", "dynamodb"),
        Signing = SigningSettings.ForService("dynamodb"),
        Variant = CredentialVariant.AssumeRole,
        DeclaredIn = "",
        Sts = new StsSettings(),
        Principals = principals,
    };

    public static SessionCredentials Session(string id, DateTimeOffset expiration) => new($"ASIAEXAMPLE{id}", $"secret-{id}", $"token-{id}", expiration);
}
