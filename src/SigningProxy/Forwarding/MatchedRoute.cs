using System.Globalization;
using SigningProxy.Catalog;
using SigningProxy.Destinations;

namespace SigningProxy.Forwarding;

/// <summary>Who declared a route of YARP's.</summary>
internal enum RouteOrigin
{
    /// <summary>A named credential of the catalog.</summary>
    Catalog,

    /// <summary>The operator's own <c>ReverseProxy</c> section; its cluster says where the request goes.</summary>
    Settings,
}

/// <summary>
/// The metadata of a route: the catalog it was made from, and what it stands for there. A request takes its snapshot from the route
/// it matched, so that no reload can sign with one revision's keys and send to another's URL.
/// </summary>
internal sealed class MatchedRoute : CarriedMetadata
{
    public const string RevisionKey = "SigningProxy.Revision";
    public const string NamedCredentialKey = "SigningProxy.NamedCredential";

    public MatchedRoute(RouteOrigin origin, CatalogSnapshot snapshot, NamedCredential? namedCredential, IReadOnlyDictionary<string, string>? text = null)
        : base(Stamp(text, snapshot, namedCredential))
    {
        Origin = origin;
        Snapshot = snapshot;
        NamedCredential = namedCredential;
        Headers = namedCredential is null ? null : new OutboundHeaders(namedCredential);
        Destination = namedCredential is null ? null : new Destination(namedCredential.Url);
    }

    public RouteOrigin Origin { get; }

    public CatalogSnapshot Snapshot { get; }

    /// <summary>Null when the route names none, or breaks a rule: then every request on it is refused.</summary>
    public NamedCredential? NamedCredential { get; }

    public OutboundHeaders? Headers { get; }

    /// <summary>Where the named credential's URL leads; a route of the operator's own goes where its cluster says.</summary>
    public Destination? Destination { get; }

    /// <summary>Our own connections to it; null where its requests go by YARP's.</summary>
    public DestinationPool? Pool { get; init; }

    /// <summary>YARP replaces a route whose text has changed: the revision makes it replace every route of a catalog that was replaced.</summary>
    private static Dictionary<string, string> Stamp(IReadOnlyDictionary<string, string>? text, CatalogSnapshot snapshot, NamedCredential? named)
    {
        var stamped = new Dictionary<string, string>(text ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase)
        {
            [RevisionKey] = snapshot.Revision.ToString(CultureInfo.InvariantCulture),
        };
        if (named is not null)
            stamped[NamedCredentialKey] = named.Name;
        return stamped;
    }
}
