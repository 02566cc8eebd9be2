using System.Text.Json;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>A decision on access, for people and for machines.</summary>
/// <param name="Caller">Who would call.</param>
/// <param name="Name">The named credential that was asked for.</param>
/// <param name="NamedCredential">What it is, or null where there is none.</param>
/// <param name="Explanation">Why, or null where there is no named credential.</param>
internal sealed record AccessReport(Caller Caller, string Name, NamedCredential? NamedCredential, GrantExplanation? Explanation)
{
    /// <summary>The scope that a local signature of the caller's must have, such as <c>eu-west-1/dynamodb</c>, or a region set in place of the region; null where it has no key pair to sign with.</summary>
    private string? LocalScope { get; init; }

    public bool IsGranted => Explanation?.Principal is not null;

    public static AccessReport Of(CatalogSnapshot catalog, Caller caller, string name, string path, string method, string? operation, string? principal)
    {
        if (!catalog.NamedCredentials.TryGetValue(name, out var named))
            return new AccessReport(caller, name, null, null);
        var callout = new Callout { Name = named.Name, Address = CalloutAddress.Path, Path = path.StartsWith('/') ? path : $"/{path}", Query = "", Snapshot = catalog, NamedCredential = named };
        var signs = catalog.Callers.TryGetValue(caller.Name, out var declared) && declared.Proofs.Any(p => p is LocalSigV4Proof);
        return new AccessReport(caller, name, named, GrantExplanation.Of(catalog, caller, new RequestFacts(callout, named, method) { Operation = operation }, principal))
        {
            LocalScope = signs ? $"{named.ExternalCredential.Region}/{named.ExternalCredential.Scope.Service}" : null,
        };
    }

    public void WriteText(TextWriter writer)
    {
        foreach (var grant in Explanation?.Grants ?? [])
        {
            writer.WriteLine(
                $"{grant.Source} grants {NamedCredential!.ExternalCredential.Name}-{grant.Principal.Name} (sequence number {grant.Principal.SequenceNumber})"
                + (grant.WhyNot is { } why ? $", and does not fit: {why}." : "."));
        }
        writer.WriteLine(Verdict());
        if (IsGranted && LocalScope is not null)
            writer.WriteLine($"A local signature of {Caller.Name} must be for {(NamedCredential!.ExternalCredential.Scope.RegionSet is null ? "" : "one region of ")}{LocalScope}; by any other it is refused.");
    }

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembers(json);
        json.WriteEndObject();
    }

    /// <summary>The same inside an object.</summary>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("caller", Caller.Name);
        json.WriteString("namedCredential", Name);
        json.WriteBoolean("granted", IsGranted);
        json.WriteString("externalCredential", NamedCredential?.ExternalCredential.Name);
        json.WriteString("principal", Explanation?.Principal?.Name);
        json.WriteString("verdict", Verdict());
        if (LocalScope is not null)
            json.WriteString("localSignatureScope", LocalScope);
        json.WriteStartArray("grants");
        foreach (var grant in Explanation?.Grants ?? [])
        {
            json.WriteStartObject();
            json.WriteString("source", grant.Source);
            json.WriteString("principal", grant.Principal.Name);
            json.WriteNumber("sequenceNumber", grant.Principal.SequenceNumber);
            json.WriteBoolean("fits", grant.WhyNot is null);
            json.WriteString("whyNot", grant.WhyNot);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public string Verdict()
    {
        if (NamedCredential is not { ExternalCredential: { } external })
            return $"Refused: there is no named credential \"{Name}\".";
        if (Explanation!.Principal is not { } principal)
        {
            return Explanation.Grants.Count == 0
                ? $"Refused: no permission set and no profile grants {Caller.Name} a principal of {external.Name}."
                : $"Refused: no grant of {Caller.Name} fits this request.";
        }
        var ready = principal.Missing.Count == 0 || !NamedCredential.GenerateAuthorizationHeader ? "" : $" It is not configured, and so the call is refused all the same: {string.Join("; ", principal.Missing)}.";
        var enabled = NamedCredential.EnabledForCallouts ? "" : $" {NamedCredential.Name} is not enabled for callouts, and so the call is refused all the same.";
        return $"{external.Name}-{principal.Name} {(NamedCredential.GenerateAuthorizationHeader ? "signs" : "is granted, and the caller signs")}: of what fits it has the lowest sequence number.{ready}{enabled}";
    }
}
