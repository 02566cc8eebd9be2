using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>What some callers were granted, by external credential: each principal once, lowest sequence number first.</summary>
internal sealed class Grants
{
    private readonly Dictionary<ExternalCredential, GrantedPrincipal[]> _byExternalCredential = new(ReferenceEqualityComparer.Instance);

    /// <param name="granted">Principals with what each grant of them is limited to; null among the limits is a grant without one.</param>
    public Grants(IEnumerable<(ExternalCredential ExternalCredential, Principal Principal, GrantLimit? Limit)> granted)
    {
        foreach (var ofOne in granted.GroupBy(g => g.ExternalCredential, ReferenceEqualityComparer.Instance))
        {
            _byExternalCredential.Add((ExternalCredential)ofOne.Key!,
            [
                .. ofOne.GroupBy(g => g.Principal, ReferenceEqualityComparer.Instance)
                    .Select(same => new GrantedPrincipal((Principal)same.Key!, Limits(same.Select(g => g.Limit))))
                    .OrderBy(g => g.Principal.SequenceNumber),
            ]);
        }
    }

    public static Grants None { get; } = new([]);

    public ReadOnlySpan<GrantedPrincipal> Of(ExternalCredential externalCredential) =>
        _byExternalCredential.TryGetValue(externalCredential, out var granted) ? granted : [];

    /// <summary>One grant without a limit makes those with one superfluous.</summary>
    private static GrantLimit[] Limits(IEnumerable<GrantLimit?> limits) => limits.Contains(null) ? [] : [.. limits.OfType<GrantLimit>()];
}

/// <param name="Principal">The principal.</param>
/// <param name="Limits">What its grants are limited to, of which one must fit; empty where one of them has no limit.</param>
internal readonly record struct GrantedPrincipal(Principal Principal, GrantLimit[] Limits)
{
    public bool Fits(in RequestFacts request)
    {
        foreach (var limit in Limits)
        {
            if (LimitMatch.Fits(limit, request))
                return true;
        }
        return Limits.Length == 0;
    }
}

/// <summary>What one caller was granted beyond what every caller was. Held apart, so that a profile of many is compiled once.</summary>
/// <param name="BySets">By permission sets that name it.</param>
/// <param name="ByProfile">By its profile.</param>
internal readonly record struct CallerGrants(Grants BySets, Grants ByProfile);
