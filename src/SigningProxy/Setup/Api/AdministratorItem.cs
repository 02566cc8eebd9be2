using System.Text.Json;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>An administrator as the API tells of it: no token is in it.</summary>
/// <param name="Name">Unique, without regard to case.</param>
/// <param name="Permission">The most that is allowed.</param>
/// <param name="Proofs">What proves it.</param>
/// <param name="Revision">0 for one that the host settings declare.</param>
internal sealed record AdministratorItem(string Name, SetupPermission Permission, IReadOnlyList<AdministratorProof> Proofs, long Revision)
{
    public const string Kind = "administrators";

    public bool HasToken => Proofs.Any(p => p is DeclaredToken or MadeToken);

    public string ETag => $"\"{(Revision > 0 ? "" : "p-")}{Revision}\"";

    public static AdministratorItem Of(StoredAdministrator stored) => new(stored.Name, AdministratorBody.Of(stored).Permission, AdministratorBody.Read(stored).Proofs, stored.Revision);

    public static AdministratorItem Of(KnownAdministrator declared) => new(declared.Administrator.Name, declared.Administrator.Permission, declared.Proofs, 0);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("kind", Kind);
        json.WriteString("name", Name);
        json.WriteString("permission", Permission.ToString());
        if (HasToken)
        {
            json.WriteStartObject("token");
            json.WriteString("stored", "token");
            json.WriteEndObject();
        }
        json.WriteStartArray("oidc");
        foreach (var claim in Proofs.OfType<OidcClaim>())
            Write(json, ("claim", claim.Claim), ("value", claim.Value));
        json.WriteEndArray();
        json.WriteStartArray("certificates");
        foreach (var certificate in Proofs.OfType<CertificateName>())
            Write(json, ("part", certificate.Name.Part.ToString()), ("value", certificate.Name.Value));
        json.WriteEndArray();
        json.WriteNumber("revision", Revision);
        json.WriteString("provisioned", Revision > 0 ? null : $"{SetupOptions.Section}:{nameof(SetupOptions.Administrators)}");
    }

    /// <summary>Tells what was sent and what there is, so that the two can be put together.</summary>
    public static void WriteBoth(Utf8JsonWriter json, StoredAdministrator? yours, StoredAdministrator? current)
    {
        foreach (var (member, one) in new[] { (nameof(yours), yours), (nameof(current), current) })
        {
            if (one is null)
            {
                json.WriteNull(member);
                continue;
            }
            json.WriteStartObject(member);
            Of(one).Write(json);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, params (string Name, string Value)[] members)
    {
        json.WriteStartObject();
        foreach (var (name, value) in members)
            json.WriteString(name, value);
        json.WriteEndObject();
    }
}
