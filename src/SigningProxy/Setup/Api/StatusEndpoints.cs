using System.Text.Json;
using SigningProxy.Catalog;
using SigningProxy.Configuration;
using SigningProxy.Configuration.Stored;
using SigningProxy.Operations;
using SigningProxy.Sessions;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Api;

/// <summary>How everything is, and who asks.</summary>
internal static class StatusEndpoints
{
    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", "/status", SetupPermission.View, StatusAsync, new("Tell of every external credential and principal whether it is configured and works, and of certificates and the catalog", 200) { Answer = "Status" }),
        new("GET", "/me", SetupPermission.View, MeAsync, new("Tell who asks, and what is permitted", 200) { Answer = "Me" }),
    ];

    /// <summary>Every certificate of a catalog: those of its entries, and those that are entries themselves.</summary>
    public static IEnumerable<CatalogCertificate> CertificatesOf(CatalogSnapshot catalog) => CatalogCertificate.Of(catalog)
        .Concat(catalog.Certificates.OrderBy(c => c.Key, DeveloperName.Comparer).Select(c => new CatalogCertificate("certificate", c.Key, c.Value.Life)));

    private static Task MeAsync(ApiRequest request) => ApiAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, json =>
    {
        json.WriteString("name", request.Administrator.Name);
        json.WriteString("permission", request.Administrator.Permission.ToString());
    });

    private static Task StatusAsync(ApiRequest request)
    {
        var (catalog, sessions, now) = (request.Get<CurrentCatalog>().Snapshot, request.Get<SessionCache>(), request.Get<TimeProvider>().GetUtcNow());
        var statuses = sessions.StatusesOf(catalog).ToLookup(s => s.ExternalCredential);
        return ApiAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray("externalCredentials");
            foreach (var external in catalog.ExternalCredentials.Values.OrderBy(e => e.Name, DeveloperName.Comparer))
            {
                json.WriteStartObject();
                json.WriteString("name", external.Name);
                json.WriteString("variant", external.Variant.ToString());
                EntryStatus.Write(json, EntryStatus.Of(catalog, external.Name));
                json.WriteStartArray("principals");
                foreach (var session in statuses[external.Name])
                    WritePrincipal(json, catalog, session, now);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            WriteCertificates(json, catalog, now);
            WriteCatalog(json, catalog, request.Get<CatalogReloader>().Faults, request.Get<StoredCatalog>().Problem);
        });
    }

    private static void WritePrincipal(Utf8JsonWriter json, CatalogSnapshot catalog, SessionStatus session, DateTimeOffset now)
    {
        json.WriteStartObject();
        SessionJson.Write(json, session, now);
        json.WriteBoolean("works", session.IsObtained(now));
        EntryStatus.Write(json, EntryStatus.Of(catalog, session.ExternalCredential, session.Principal));
        json.WriteEndObject();
    }

    private static void WriteCertificates(Utf8JsonWriter json, CatalogSnapshot catalog, DateTimeOffset now)
    {
        json.WriteStartArray("certificates");
        foreach (var certificate in CertificatesOf(catalog))
        {
            json.WriteStartObject();
            json.WriteString("of", certificate.Kind);
            json.WriteString("name", certificate.Name);
            EntryStatus.WriteInstant(json, "notBefore", certificate.Life.Begin);
            EntryStatus.WriteInstant(json, "notAfter", certificate.Life.End);
            json.WriteString("standing", JsonNamingPolicy.CamelCase.ConvertName(certificate.Life.At(now).ToString()));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteCatalog(Utf8JsonWriter json, CatalogSnapshot catalog, IReadOnlyList<CatalogFault> faults, string? storeProblem)
    {
        json.WriteStartObject("catalog");
        json.WriteNumber("revision", catalog.Revision);
        json.WriteBoolean("inUse", faults.Count == 0);
        json.WriteStartArray("faults");
        foreach (var fault in faults)
            json.WriteStringValue(CatalogReport.Line(fault));
        json.WriteEndArray();
        json.WriteString("storeProblem", storeProblem);
        json.WriteEndObject();
    }
}
