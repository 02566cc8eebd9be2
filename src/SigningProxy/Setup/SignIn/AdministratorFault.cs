using System.Text.Json;
using SigningProxy.Callouts;
using SigningProxy.Setup.Api;

namespace SigningProxy.Setup.SignIn;

/// <summary>What is wrong with one field that was sent.</summary>
/// <param name="Pointer">Where it is, as a JSON pointer.</param>
/// <param name="Field">Its name.</param>
/// <param name="Rule">What is wrong, as a clause.</param>
/// <param name="Mend">What to write.</param>
internal sealed record AdministratorFault(string Pointer, string Field, string Rule, string Mend)
{
    public static AdministratorFault OfName { get; } = new("/name", "name", "is not a name", "Begin with a letter; write letters, digits and single underscores, 80 at most.");

    /// <summary>The answer to who sends it to sign in.</summary>
    public Refusal Refuse() => new(RefusalKind.NotValid, $"{this}") { Members = json => WriteErrors(json, null, [this]) };

    /// <summary>The API's answer.</summary>
    /// <param name="name">Of the administrator.</param>
    /// <param name="faults">All there are.</param>
    public static ProblemException Problem(string name, IReadOnlyList<AdministratorFault> faults) =>
        new(ProblemKind.NotValid, $"Nothing was changed. {string.Join(' ', faults)}", json => WriteErrors(json, $"administrator {name}", faults));

    public override string ToString() => $"{Field} {Rule}. {Mend}";

    private static void WriteErrors(Utf8JsonWriter json, string? entry, IReadOnlyList<AdministratorFault> faults)
    {
        json.WriteStartArray("errors");
        foreach (var fault in faults)
        {
            json.WriteStartObject();
            json.WriteString("pointer", fault.Pointer);
            json.WriteString("entry", entry);
            json.WriteString("field", fault.Field);
            json.WriteString("rule", fault.Rule);
            json.WriteString("mend", fault.Mend);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
