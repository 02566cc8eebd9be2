using SigningProxy.Catalog;
using SigningProxy.Configuration;
using SigningProxy.Configuration.Stored;
using SigningProxy.Sessions;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Live;
using SigningProxy.Setup.Pages.Entries;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Pages.Home;

/// <summary>The first page: what works, what ends when, what is called and what was refused.</summary>
internal static class HomePage
{
    public const string Path = "/";

    // A page is for looking at; the list has them all.
    private const int Most = 50;

    public static IReadOnlyList<PageRoute> Routes { get; } = [new("GET", Path, SetupPermission.View, ShowAsync)];

    private static Task ShowAsync(ApiRequest request)
    {
        var (catalog, now) = (request.Get<CurrentCatalog>().Snapshot, request.Get<TimeProvider>().GetUtcNow());
        var sessions = request.Get<SessionCache>().StatusesOf(catalog).ToLookup(s => s.ExternalCredential);
        var externals = catalog.ExternalCredentials.Values.Select(e => LineOf(e, catalog, [.. sessions[e.Name]], now)).ToList();
        return PageAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, Slices.Home(new HomeView(
            PageFrame.Of(request.Context, "Home", Path), LiveView.Of(request.Get<CallTally>(), request.Get<RefusedCalls>(), catalog))
        {
            Faults = [.. request.Get<CatalogReloader>().Faults.Select(CatalogReport.Line)],
            StoreProblem = request.Get<StoredCatalog>().Problem,
            // What does not work is what somebody came for.
            ExternalCredentials = [.. externals.OrderBy(e => e.Works).ThenBy(e => e.Name, DeveloperName.Comparer).Take(Most)],
            Total = externals.Count,
            Working = externals.Count(e => e.Works),
            Certificates = [.. StatusEndpoints.CertificatesOf(catalog).OrderBy(c => c.Life.End).Take(Most).Select(c => LineOf(c, now))],
        }));
    }

    private static ExternalCredentialLine LineOf(ExternalCredential external, CatalogSnapshot catalog, IReadOnlyList<SessionStatus> sessions, DateTimeOffset now)
    {
        var status = StatusWord.Of(EntryStatus.Of(catalog, external.Name));
        return new ExternalCredentialLine(external.Name, EntryPath.Of(EntryKind.ExternalCredential, external.Name), status)
        {
            Principals =
            [
                .. sessions.OrderBy(s => s.SequenceNumber).Select(s => new PrincipalLine(s.Principal, "", StatusWord.Of(EntryStatus.Of(catalog, external.Name, s.Principal)), StatusWord.Of(s, now))
                {
                    Expires = s.Expiration is { } end ? PageInstant.Of(end) : null,
                }),
            ],
            Works = status.Tone == "good" && sessions.All(s => s.LastError is null),
        };
    }

    private static CertificateLine LineOf(CatalogCertificate certificate, DateTimeOffset now) => new(
        certificate.Kind, certificate.Name, EntryPath.Of(ApiKinds.All.First(k => k.Kind.InWords() == certificate.Kind).Kind, certificate.Name),
        PageInstant.Of(certificate.Life.End), StatusWord.Of(certificate.Life, now));
}
