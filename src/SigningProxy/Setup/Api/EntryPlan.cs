using SigningProxy.Catalog;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>What somebody asks to become of a whole entry, given the entries of the store: the same by the API and by the pages.</summary>
internal static class EntryPlan
{
    /// <param name="request">Says who asks, and of what kind it is.</param>
    /// <param name="name">What it is to be called.</param>
    /// <param name="sent">What was sent.</param>
    /// <param name="now">The entries of the store.</param>
    /// <exception cref="ProblemException">There is one of this name.</exception>
    public static PlannedChange Create(ApiRequest request, string name, YamlMap sent, IReadOnlyList<StoredEntry> now)
    {
        if (request.Get<EntryBook>().Provisioned(request.Kind, name) is not null || now.Any(e => e.Is(request.Kind, name)))
            throw new ProblemException(ProblemKind.AlreadyExists, $"There is a {request.Kind.InWords()} of this name; upper and lower case are alike. Replace it by PUT, or take another name.");
        return Planned(request, name, sent, EntryJson.FieldsOf(sent), now);
    }

    /// <summary>Creates it as well, where there is none.</summary>
    /// <exception cref="ProblemException">It may not be replaced, or is not what the request takes it for.</exception>
    public static PlannedChange Replace(ApiRequest request, Precondition precondition, YamlMap sent, IReadOnlyList<StoredEntry> now)
    {
        EntryEndpoints.RefuseProvisioned(request, request.Name);
        var planned = Planned(request, request.Name, sent, EntryNaming.Named(EntryJson.FieldsOf(sent), request.Name), now);
        if (planned.IsNone)
            return planned;
        precondition.Judge(planned.Before is { } before ? EntryView.Of(before) : null, whole: true, json => EntryEndpoints.WriteBoth(json, request.Get<CurrentCatalog>().Snapshot, planned));
        return EntryNaming.Judge(planned, request.Name);
    }

    /// <exception cref="ProblemException">There is none, or it may not be deleted.</exception>
    public static PlannedChange Delete(ApiRequest request, Precondition precondition, IReadOnlyList<StoredEntry> now)
    {
        EntryEndpoints.RefuseProvisioned(request, request.Name);
        var planned = new PlannedChange(now.FirstOrDefault(e => e.Is(request.Kind, request.Name)), null) { RemovesFrom = $"the {request.Kind.InWords()}" };
        if (planned.Before is null)
            throw new ProblemException(ProblemKind.NotFound, $"There is no {request.Kind.InWords()} of this name.");
        precondition.Judge(EntryView.Of(planned.Before), whole: false, json => EntryEndpoints.WriteBoth(json, request.Get<CurrentCatalog>().Snapshot, planned));
        return planned;
    }

    private static PlannedChange Planned(ApiRequest request, string name, YamlMap sent, YamlMap fields, IReadOnlyList<StoredEntry> now) =>
        PlannedChange.Of(request.Kind, name, fields, now, request.Get<ApiKey>().Read) with { Sent = sent };
}
