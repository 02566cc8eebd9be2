using SigningProxy.Callers;
using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>Says in words why a request is granted a principal, or why it is not. For operators; the decision itself is <see cref="GrantTable"/>'s.</summary>
internal sealed record GrantExplanation
{
    /// <summary>The principal that signs, or null where the request is refused.</summary>
    public required Principal? Principal { get; init; }

    /// <summary>Every grant that could matter, and whether it fits.</summary>
    public required IReadOnlyList<ExplainedGrant> Grants { get; init; }

    public static GrantExplanation Of(CatalogSnapshot catalog, Caller caller, in RequestFacts request, string? wanted)
    {
        var grants = new List<ExplainedGrant>();
        foreach (var set in catalog.PermissionSets.Where(s => s.Callers.Contains(PermissionSet.EveryCaller) || s.Callers.Contains(caller.Name, StringComparer.Ordinal)))
            Explain($"permission set {set.Name}", set.Principals, set.Only, request, wanted, grants);
        if (catalog.Callers.TryGetValue(caller.Name, out var declared) && declared.Profile is { } name && catalog.Profiles.TryGetValue(name, out var profile))
            Explain($"profile {profile.Name}", profile.Principals, profile.Only, request, wanted, grants);
        return new GrantExplanation
        {
            Principal = GrantTable.Of(catalog).Find(caller, request, wanted),
            Grants = [.. grants.OrderBy(g => g.Principal.SequenceNumber)],
        };
    }

    private static void Explain(
        string source, IReadOnlyList<PrincipalName> principals, GrantLimit? only, in RequestFacts request, string? wanted, List<ExplainedGrant> into)
    {
        var external = request.NamedCredential.ExternalCredential;
        foreach (var name in principals.Where(p => DeveloperName.Comparer.Equals(p.ExternalCredential, external.Name)))
        {
            if (external.Principals.FirstOrDefault(p => p.Name == name.Principal) is not { } principal)
                continue;
            var why = LimitMatch.WhyNot(only, request) ?? (wanted is not null && wanted != principal.Name ? $"the caller asks for {wanted}" : null);
            into.Add(new ExplainedGrant(source, principal, why));
        }
    }
}

/// <param name="Source">The permission set or profile.</param>
/// <param name="Principal">What it grants.</param>
/// <param name="WhyNot">Why it does not fit this request, or null where it does.</param>
internal sealed record ExplainedGrant(string Source, Principal Principal, string? WhyNot);
