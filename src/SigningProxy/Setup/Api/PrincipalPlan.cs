using System.Globalization;
using SigningProxy.Catalog;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>A change of one principal, as a change of the external credential that it belongs to.</summary>
internal sealed class PrincipalPlan
{
    private readonly ApiRequest _request;
    private readonly IReadOnlyList<StoredEntry> _now;

    private PrincipalPlan(ApiRequest request, IReadOnlyList<StoredEntry> now, EntryView owner) => (_request, _now, Owner) = (request, now, owner);

    public EntryView Owner { get; }

    /// <summary>The principal as it is, or null.</summary>
    public (int Place, string Name, YamlMap Fields)? Principal => Find(Owner, _request.Principal);

    /// <exception cref="ProblemException">There is no such external credential in the store.</exception>
    public static PrincipalPlan Of(ApiRequest request, IReadOnlyList<StoredEntry> now) =>
        now.FirstOrDefault(e => e.Is(EntryKind.ExternalCredential, request.Name)) is { } owner
            ? new PrincipalPlan(request, now, EntryView.Of(owner))
            : throw new ProblemException(ProblemKind.NotFound, "There is no external credential of this name.");

    /// <exception cref="ProblemException">There is none.</exception>
    public static (int Place, string Name, YamlMap Fields) Get(EntryView owner, string name) =>
        Find(owner, name) ?? throw new ProblemException(ProblemKind.NotFound, $"The external credential {owner.Name} has no principal of this name; upper and lower case differ.");

    /// <summary>Creates the principal that the path names, or replaces it.</summary>
    /// <exception cref="ProblemException">It may not be replaced, or is not what the request takes it for.</exception>
    public static PlannedChange Replace(ApiRequest request, Precondition precondition, YamlMap sent, IReadOnlyList<StoredEntry> now)
    {
        EntryEndpoints.RefuseProvisioned(request, request.Name, EntryKind.ExternalCredential);
        var plan = Of(request, now);
        var isNew = plan.Principal is null;
        var planned = plan.Put(EntryNaming.Named(EntryJson.FieldsOf(sent), request.Principal), sent);
        if (planned.IsNone)
            return planned;
        (isNew ? precondition with { IfNoneMatch = false } : precondition).Judge(plan.Owner, whole: !isNew, json => EntryEndpoints.WriteBoth(json, request.Get<CurrentCatalog>().Snapshot, planned));
        return plan.JudgeNaming(planned, sent);
    }

    /// <exception cref="ProblemException">There is none, or it may not be deleted.</exception>
    public static PlannedChange Delete(ApiRequest request, Precondition precondition, IReadOnlyList<StoredEntry> now)
    {
        EntryEndpoints.RefuseProvisioned(request, request.Name, EntryKind.ExternalCredential);
        var plan = Of(request, now);
        Get(plan.Owner, request.Principal);
        var planned = plan.Delete();
        precondition.Judge(plan.Owner, whole: false, json => EntryEndpoints.WriteBoth(json, request.Get<CurrentCatalog>().Snapshot, planned));
        return planned;
    }

    /// <summary>With these fields in the principal's place, or behind the others.</summary>
    public PlannedChange Put(YamlMap fields, YamlMap sent)
    {
        var principals = Items();
        var place = Principal?.Place ?? principals.Count;
        if (place < principals.Count)
            principals[place] = fields;
        else
            principals.Add(fields);
        return Planned(principals) with { Sent = sent, Part = string.Create(CultureInfo.InvariantCulture, $"/principals/{place}") };
    }

    private PlannedChange Delete()
    {
        var principals = Items();
        principals.RemoveAt(Principal!.Value.Place);
        return Planned(principals) with { RemovesFrom = "the principal" };
    }

    /// <exception cref="ProblemException">Name or identity type would change.</exception>
    public PlannedChange JudgeNaming(PlannedChange planned, YamlMap sent)
    {
        if (EntryJson.Text(sent, "name") is { } name && name != _request.Principal)
        {
            throw new ProblemException(
                ProblemKind.Immutable, $"The name of a principal cannot be changed: the path says {_request.Principal}, and the body another. Delete it, and recreate it with its keys.");
        }
        // All others are as they were, and so the whole tells of this one.
        return EntryNaming.Judge(planned with { Sent = WithPrincipals(planned, sent) }, Owner.Name) with { Sent = sent };
    }

    private YamlMap WithPrincipals(PlannedChange planned, YamlMap sent)
    {
        var principals = Items();
        var place = int.Parse(planned.Part.AsSpan(planned.Part.LastIndexOf('/') + 1), CultureInfo.InvariantCulture);
        if (place < principals.Count)
            principals[place] = sent;
        else
            principals.Add(sent);
        return Whole(principals);
    }

    private PlannedChange Planned(List<YamlNode> principals) =>
        PlannedChange.Of(EntryKind.ExternalCredential, Owner.Name, Whole(principals), _now, _request.Get<ApiKey>().Read);

    private YamlMap Whole(List<YamlNode> principals) => Owner.Fields with
    {
        Entries =
        [
            .. Owner.Fields.Entries.Where(e => e.Key.Value != "principals"),
            (new YamlText(0, "principals", Plain: true), new YamlList(0, 1, principals)),
        ],
    };

    private List<YamlNode> Items() => [.. (Owner.Fields.Entries.FirstOrDefault(e => e.Key.Value == "principals").Value as YamlList)?.Items ?? []];

    private static (int Place, string Name, YamlMap Fields)? Find(EntryView owner, string name) =>
        owner.Principals().Where(p => p.Name == name).Select(p => ((int, string, YamlMap)?)p).FirstOrDefault();
}
