using System.Runtime.InteropServices;
using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>What some callers were granted: each principal once, by external credential, lowest sequence number first.</summary>
internal sealed class Grants
{
    private readonly GrantedPrincipal[] _granted;

    private Grants(GrantedPrincipal[] granted) => _granted = granted;

    public static Grants None { get; } = new([]);

    /// <param name="all">Every single grant, in any order. It is left sorted, and shorter where the same principal was granted twice.</param>
    public static Grants Of(List<GrantedPrincipal> all)
    {
        all.Sort();
        var count = 0;
        foreach (var one in CollectionsMarshal.AsSpan(all))
        {
            if (count > 0 && ReferenceEquals(all[count - 1].Principal, one.Principal))
                all[count - 1] = all[count - 1].Or(one);
            else
                all[count++] = one;
        }
        CollectionsMarshal.SetCount(all, count);
        return count == 0 ? None : new Grants([.. all]);
    }

    /// <param name="owner">The number that the table has given to the external credential.</param>
    public ReadOnlySpan<GrantedPrincipal> Of(int owner)
    {
        var from = FirstAtOrAfter(owner);
        var to = from;
        while (to < _granted.Length && _granted[to].Owner == owner)
            to++;
        return _granted.AsSpan(from, to - from);
    }

    private int FirstAtOrAfter(int owner)
    {
        var (low, high) = (0, _granted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_granted[middle].Owner < owner)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}

/// <param name="Owner">The number of its external credential.</param>
/// <param name="Principal">The principal.</param>
/// <param name="Limits">What its grants are limited to, of which one must fit; empty where one of them has no limit.</param>
internal readonly record struct GrantedPrincipal(int Owner, Principal Principal, GrantLimit[] Limits) : IComparable<GrantedPrincipal>
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

    /// <summary>Granted this way or that. A grant without a limit makes those with one superfluous.</summary>
    public GrantedPrincipal Or(GrantedPrincipal same) => this with { Limits = Limits.Length == 0 || same.Limits.Length == 0 ? [] : [.. Limits, .. same.Limits] };

    public int CompareTo(GrantedPrincipal other) => (Owner, Principal.SequenceNumber).CompareTo((other.Owner, other.Principal.SequenceNumber));
}

/// <summary>What one caller was granted beyond what every caller was. Held apart, so that a profile of many is compiled once.</summary>
/// <param name="BySets">By permission sets that name it.</param>
/// <param name="ByProfile">By its profile.</param>
internal readonly record struct CallerGrants(Grants BySets, Grants ByProfile)
{
    public static CallerGrants None { get; } = new(Grants.None, Grants.None);
}
