using SigningProxy.Catalog;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Pages.Administrators;

/// <summary>All administrators.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Administrators">By name.</param>
internal sealed record AdministratorsView(PageFrame Frame, IReadOnlyList<AdministratorLine> Administrators);

/// <summary>An administrator, in words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Permission">What it may.</param>
/// <param name="Proofs">What proves it.</param>
/// <param name="IsDeclared">Whether the host settings declare it.</param>
internal sealed record AdministratorLine(string Name, string Permission, IReadOnlyList<string> Proofs, bool IsDeclared)
{
    public static AdministratorLine Of(AdministratorItem item) => new(item.Name, item.Permission.ToString(), [.. item.Proofs.Select(WordOf)], item.Revision == 0);

    private static string WordOf(AdministratorProof proof) => proof switch
    {
        OidcClaim claim => $"OpenID Connect, {claim.Claim} {claim.Value}",
        CertificateName { Name: { } name } => $"certificate, {(name.Part == CertificatePart.Subject ? "subject" : name.Part == CertificatePart.Dns ? "DNS name" : "URI")} {name.Value}",
        _ => "token",
    };
}

/// <summary>The form of an administrator.</summary>
/// <param name="Form">The form.</param>
/// <param name="Now">What it is now; null for a new one.</param>
internal sealed record AdministratorFormView(FormView Form, AdministratorLine? Now)
{
    /// <summary>Whether somebody else changed it while it was edited.</summary>
    public bool HasChanged { get; init; }
}

/// <summary>A token that was made.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Token">Told this once.</param>
internal sealed record AdministratorTokenView(PageFrame Frame, string Token);
