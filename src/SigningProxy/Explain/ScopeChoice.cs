using SigningProxy.Explain.Comparing;
using SigningProxy.Explain.Requests;
using SigningProxy.SigV4;

namespace SigningProxy.Explain;

/// <summary>What a request is signed for: said outright, told by an answer that it is compared with, or read from the host.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Notes">What was not said and how it was found out.</param>
internal sealed record ScopeChoice(CredentialScope Scope, IReadOnlyList<string> Notes)
{
    /// <exception cref="ExplainException">Service or region is neither said nor to be found out.</exception>
    public static ScopeChoice Of(RawRequest request, SigningTerms terms, AwsAnswer? answer)
    {
        var host = request.Header("Host") ?? throw new ExplainException("The request has no Host header, which is always signed. Add the one that is sent, such as Host: dynamodb.eu-west-1.amazonaws.com.");
        var hint = HostHint.Of(host);
        var across = terms.Algorithm == SigningAlgorithm.SigV4a;
        var place = answer?.StringToSign?.Place;
        var notes = new List<string>();

        var service = terms.Service ?? place?.Service ?? hint.Service
            ?? throw new ExplainException($"{host} is no host of AWS's that would tell the service. Give --service, AWS's signing name, such as execute-api.");
        string? region = null;
        var regionSet = string.Join(',', terms.RegionSet);
        if (!across || regionSet.Length == 0)
        {
            region = terms.Region ?? place?.Region ?? hint.Region
                ?? throw new ExplainException($"{host} is no host of AWS's that would tell the region. Give {(across ? "--region-set" : "--region")}, such as eu-west-1.");
        }
        string[] found = [.. terms.Service is null ? [$"service {service}"] : Array.Empty<string>(), .. terms.Region is null && region is not null ? [$"region {region}"] : Array.Empty<string>()];
        if (found.Length > 0)
        {
            var (source, doubt) = place is null ? ($"the host {host}", hint.Doubt) : ("the answer's string to sign", null);
            notes.Add($"{Capital(string.Join(" and ", found))} {(found.Length > 1 ? "were" : "was")} read from {source}.{(doubt is null ? "" : $" {doubt}")} Where that is wrong, give --service and --region.");
        }
        var where = region ?? regionSet;
        if (string.IsNullOrWhiteSpace(service) || string.IsNullOrWhiteSpace(where))
            throw new ExplainException($"The {(string.IsNullOrWhiteSpace(service) ? "service" : "region")} is blank, and nothing is signed for that. Give AWS's name of it, or leave it out where the host tells.");
        return new ScopeChoice(across ? CredentialScope.Across(where, service) : new CredentialScope(where, service), notes);
    }

    private static string Capital(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}
