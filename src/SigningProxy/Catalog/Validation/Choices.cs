using SigningProxy.SigV4;

namespace SigningProxy.Catalog.Validation;

/// <summary>The words of every field that takes one of a few.</summary>
internal static class Choices
{
    public static Choice<AuthenticationProtocol> AuthenticationProtocol { get; } = new([
        ("AwsSignatureV4", Catalog.AuthenticationProtocol.AwsSignatureV4),
        ("AwsSignatureV4a", Catalog.AuthenticationProtocol.AwsSignatureV4a)]);

    public static Choice<CredentialVariant> Variant { get; } = new([
        ("AccessKey", CredentialVariant.AccessKey),
        ("AssumeRole", CredentialVariant.AssumeRole),
        ("RolesAnywhere", CredentialVariant.RolesAnywhere)]);

    public static Choice<StsSource> StsSource { get; } = new([
        ("AccessKey", Catalog.StsSource.AccessKey),
        ("Ambient", Catalog.StsSource.Ambient),
        ("WebIdentity", Catalog.StsSource.WebIdentity),
        ("Principal", Catalog.StsSource.Principal)]);

    public static Choice<PathEncoding> PathEncoding { get; } = new([
        ("once", SigV4.PathEncoding.Once), ("twice", SigV4.PathEncoding.Twice)]);

    public static Choice<PathNormalization> NormalizePath { get; } = new([
        ("on", PathNormalization.On), ("off", PathNormalization.Off)]);

    public static Choice<ContentSha256Header> ContentSha256Header { get; } = new([
        ("on", SigV4.ContentSha256Header.On), ("off", SigV4.ContentSha256Header.Off)]);

    public static Choice<SessionTokenMode> SessionTokenMode { get; } = new([
        ("signed", SigV4.SessionTokenMode.Signed), ("after", SigV4.SessionTokenMode.After)]);
}
