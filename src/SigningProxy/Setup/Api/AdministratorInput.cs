using System.Text.Json;
using System.Text.Json.Serialization;
using SigningProxy.Catalog;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Api;

/// <summary>An administrator as it is sent to be made or changed: what a GET gave may be sent back.</summary>
internal sealed class AdministratorInput
{
    public SetupPermission? Permission { get; set; }

    /// <summary>Whether there is to be a token; none when null.</summary>
    public TokenInput? Token { get; set; }

    public IReadOnlyList<OidcClaim> Oidc { get; set; } = [];

    public IReadOnlyList<ClientCertificateProof> Certificates { get; set; } = [];

    public long? Revision { get; set; }

    /// <summary>What a GET gave beside, which changes nothing.</summary>
    public string? Kind { get; set; }

    public string? Name { get; set; }

    public string? Provisioned { get; set; }

    /// <exception cref="ProblemException">It is too large, of another kind, or malformed.</exception>
    public static async Task<AdministratorInput> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
            throw new ProblemException(ProblemKind.UnsupportedMediaType, "Send an administrator as application/json, and say so in Content-Type.");
        try
        {
            return JsonSerializer.Deserialize(await ApiBody.BytesAsync(request.HttpContext), AdministratorInputJson.Default.AdministratorInput)
                ?? throw new ProblemException(ProblemKind.Malformed, "This is no administrator, but null.");
        }
        catch (JsonException e)
        {
            // The library's message may quote what was sent.
            throw new ProblemException(ProblemKind.Malformed, $"This is no administrator in JSON, at {e.Path ?? "$"}: there are permission, token, oidc, certificates and revision.");
        }
    }

    /// <summary>What is wrong with it.</summary>
    /// <param name="hasToken">Whether there is a token that could stay.</param>
    public IEnumerable<AdministratorFault> Faults(bool hasToken)
    {
        if (Permission is not { } permission || !Enum.IsDefined(permission))
            yield return new("/permission", "permission", "is missing", "Write View or Manage.");
        if (Token is { New: not true, Stored: null } or { New: true, Stored: not null })
            yield return new("/token", "token", "says neither to make one nor to keep it", "Write {\"new\": true}, or {\"stored\": \"token\"} for the one there is, or leave it out for none.");
        else if (Token?.Stored is not null && !hasToken)
            yield return new("/token", "token", "cannot be kept: there is none", "Write {\"new\": true}.");
        if (Token is null && Oidc.Count == 0 && Certificates.Count == 0)
            yield return new("/token", "token", "is missing, and there is no other proof", "Write {\"new\": true}, or at least one of oidc and certificates.");
        for (var i = 0; i < Oidc.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(Oidc[i]?.Claim) || string.IsNullOrWhiteSpace(Oidc[i].Value))
                yield return new($"/oidc/{i}", $"oidc[{i}]", "names no claim with a value", "Write such as {\"claim\": \"sub\", \"value\": \"248289761001\"}.");
        }
        for (var i = 0; i < Certificates.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(Certificates[i]?.Value) || !Enum.IsDefined(Certificates[i].Part))
                yield return new($"/certificates/{i}", $"certificates[{i}]", "names no part of a certificate", "Write such as {\"part\": \"Uri\", \"value\": \"spiffe://example.org/ada\"}; there are Dns, Uri and Subject.");
        }
    }
}

/// <param name="New">Makes a token, which is told once.</param>
/// <param name="Stored">Keeps the one there is.</param>
internal sealed record TokenInput(bool? New = null, string? Stored = null);

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AdministratorInput))]
internal sealed partial class AdministratorInputJson : JsonSerializerContext;
