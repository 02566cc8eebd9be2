using System.Text.RegularExpressions;
using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges headers that the administrator sets. No fault repeats a value, which might be secret.</summary>
internal static partial class CustomHeadersValidator
{
    private const string ValueMend = "Use visible ASCII characters, spaces and tabs alone.";

    /// <summary>What a value may have filled in for it.</summary>
    public static IReadOnlyList<string> MergeFields { get; } = ["{!$Caller.Name}", "{!$NamedCredential.Name}", "{!$Principal.Name}"];

    public static void Judge(IReadOnlyList<CustomHeaderDeclaration> headers, CatalogMaterial material, FaultList faults)
    {
        foreach (var header in headers)
        {
            Name(header.Name, header.Origin, "name", faults);
            Value(header, material, faults);
            if (header.SequenceNumber < 1)
                faults.Error(header.Origin, "sequenceNumber", "sequenceNumber must be a whole number of 1 or more", "Lower numbers are set first.");
        }
    }

    /// <summary>Judges merge fields where they are filled in, and tells of those that are not.</summary>
    public static void JudgeMergeFields(IReadOnlyList<CustomHeaderDeclaration> headers, bool allowed, FaultList faults)
    {
        foreach (var header in headers.Where(h => h.Text is not null))
        {
            foreach (var field in MergeField().Matches(header.Text!).Select(m => m.Value))
            {
                if (!allowed)
                    faults.Warn(header.Origin, "value", "value holds a merge field that goes out as it stands", "Set allowMergeFieldsInHeader: true to have it filled in.");
                else if (!MergeFields.Contains(field))
                    faults.Error(header.Origin, "value", $"value holds the unknown merge field {field}", $"{DidYouMean.Of(field, MergeFields)}There are {string.Join(", ", MergeFields)}.");
            }
        }
    }

    public static void Name(string? name, Origin at, string field, FaultList faults)
    {
        if (!faults.Required(name, at, field, "Name the header."))
            return;
        if (!HeaderRules.IsToken(name))
            faults.Error(at, field, $"{field} must be a header name: letters, digits and !#$%&'*+-.^_`|~", "Write it without spaces or a colon.");
        else if (HeaderRules.IsReserved(name))
            faults.Error(at, field, $"{field} {name} is set by the signer, the connection or the proxy itself", "Choose another header, or leave this one out.");
    }

    private static void Value(CustomHeaderDeclaration header, CatalogMaterial material, FaultList faults)
    {
        var at = header.Origin;
        SecretRules.Judge(header.Secret, at, "value", faults);
        if (header.Text is null && header.Secret is null)
            faults.Required(null, at, "value", "Write a text, or {env: NAME} or {file: PATH} for a secret.");
        else if (header.Text is { } text && !HeaderRules.IsValue(text))
            faults.Error(at, "value", "value holds a character that a header cannot carry", ValueMend);
        else if (material.ProblemOf(header.Secret) is { } problem)
            faults.Error(at, "value", $"value: {problem}", "Provide it, or take the header out.");
        else if (material.SecretOf(header.Secret) is { } secret && !HeaderRules.IsValue(secret.Reveal()))
            faults.Error(at, "value", "the secret that value refers to holds a character that a header cannot carry", ValueMend);
    }

    [GeneratedRegex(@"\{!\$[A-Za-z.]{0,64}\}", RegexOptions.CultureInvariant)]
    private static partial Regex MergeField();
}
