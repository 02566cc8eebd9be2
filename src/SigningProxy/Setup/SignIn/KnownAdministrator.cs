using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.Setup.SignIn;

/// <summary>An administrator, with what proves it.</summary>
/// <param name="Administrator">Who it is.</param>
/// <param name="Proofs">Each of them is enough.</param>
/// <param name="Source">What it was read from: differs from an earlier one once anything of the administrator has changed.</param>
internal sealed record KnownAdministrator(Administrator Administrator, IReadOnlyList<AdministratorProof> Proofs, string Source)
{
    /// <summary>What a signed-in browser carries: it stays signed in for as long as this is the same.</summary>
    public string Stamp => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Administrator.Name}\n{Administrator.Permission}\n{Source}\n{Fingerprints}")));

    // A declared token may be replaced while the proxy runs.
    private string Fingerprints => string.Join(' ', Proofs.OfType<DeclaredToken>().Select(t => t.Token.Fingerprint()));

    /// <summary>Whether a token is this administrator's; every one of it is asked, so that the time tells nothing of which it was.</summary>
    public bool HasToken(string token) => Proofs.Aggregate(false, (found, proof) => proof switch
    {
        DeclaredToken declared => declared.Token.Is(token),
        MadeToken made => made.Is(token),
        _ => false,
    } | found);
}
