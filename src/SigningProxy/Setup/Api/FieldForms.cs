using System.Collections.Frozen;
using System.Text.Json;
using SigningProxy.Configuration.Stored;

namespace SigningProxy.Setup.Api;

/// <summary>Which fields of a catalog have another form than a text, by their last name: YAML does not tell a number from a text that looks like one.</summary>
internal static class FieldForms
{
    private static readonly Lazy<FrozenSet<string>> s_known = new(() =>
    {
        using var schema = OpenApiSchemas.Read("catalog.schema.json");
        return Names(schema.RootElement).Append(SecretPlaces.Stored).ToFrozenSet(StringComparer.Ordinal);
    });

    public static FrozenSet<string> Numbers { get; } =
        FrozenSet.ToFrozenSet(["additionalStatusCodesForTokenRefresh", "durationSeconds", "gid", "listen", "sequenceNumber", "uid"], StringComparer.Ordinal);

    public static FrozenSet<string> Flags { get; } = FrozenSet.ToFrozenSet(
        ["allowMergeFieldsInHeader", "allowPlainHttp", "enabledForCallouts", "fipsEndpoint", "generateAuthorizationHeader", "provisioned"], StringComparer.Ordinal);

    /// <summary>Every name that the schema of the catalog has for a field, and where the store puts secrets.</summary>
    public static FrozenSet<string> Known => s_known.Value;

    /// <summary>Those that hold nothing but a secret; that of a custom header is one or a text for all to see.</summary>
    public static FrozenSet<string> Secrets { get; } =
        FrozenSet.ToFrozenSet(["accessKey", "accessSecret", "content", "password", "secret", "sessionToken", "token"], StringComparer.Ordinal);

    private static IEnumerable<string> Names(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().SelectMany(m =>
            m.NameEquals("properties") && m.Value.ValueKind == JsonValueKind.Object ? m.Value.EnumerateObject().Select(p => p.Name).Concat(Names(m.Value)) : Names(m.Value)),
        JsonValueKind.Array => schema.EnumerateArray().SelectMany(Names),
        _ => [],
    };
}
