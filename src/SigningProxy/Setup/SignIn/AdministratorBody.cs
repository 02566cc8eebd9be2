using System.Text.Json;
using System.Text.Json.Serialization;
using SigningProxy.Catalog;
using SigningProxy.Store;

namespace SigningProxy.Setup.SignIn;

/// <summary>What the database holds of an administrator beside its name.</summary>
/// <param name="Permission">The most that is allowed.</param>
/// <param name="TokenDigest">The SHA-256 of its token in hexadecimal, or null where it has none.</param>
/// <param name="Oidc">The claims that prove it.</param>
/// <param name="Certificates">The names of certificates that prove it.</param>
internal sealed record AdministratorBody(
    SetupPermission Permission, string? TokenDigest, IReadOnlyList<OidcClaim> Oidc, IReadOnlyList<ClientCertificateProof> Certificates)
{
    /// <exception cref="StoreException">It is not what was written.</exception>
    public static AdministratorBody Of(StoredAdministrator stored)
    {
        try
        {
            return JsonSerializer.Deserialize(stored.Body, AdministratorJson.Default.AdministratorBody)!;
        }
        catch (JsonException e)
        {
            throw new StoreException($"what the database holds of the administrator {stored.Name} cannot be read", "Bring back a backup: signing-proxy catalog restore FILE.", e);
        }
    }

    /// <exception cref="StoreException">It is not what was written.</exception>
    public static KnownAdministrator Read(StoredAdministrator stored)
    {
        var body = Of(stored);
        return new KnownAdministrator(
            new Administrator(stored.Name, body.Permission),
            [.. body.TokenDigest is { } digest ? [new MadeToken(digest)] : (AdministratorProof[])[], .. body.Oidc, .. body.Certificates.Select(c => new CertificateName(c))],
            $"{stored.Revision} {stored.Body}");
    }

    public string Text() => JsonSerializer.Serialize(this, AdministratorJson.Default.AdministratorBody);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AdministratorBody))]
internal sealed partial class AdministratorJson : JsonSerializerContext;
