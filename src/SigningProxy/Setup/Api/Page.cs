using System.Text.Json;
using SigningProxy.Catalog;

namespace SigningProxy.Setup.Api;

/// <summary>One page of a list that is sorted by name.</summary>
internal static class Page
{
    public const int Usual = 50;
    public const int Most = 500;

    /// <summary>What pages are asked for by.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Query { get; } =
    [
        ("limit", $"How many items at most, 1 to {Most}; {Usual} when absent."),
        ("after", "Only items behind this name, which the page before gave as next."),
        ("q", "Only items that have this text in name or label, without regard to case."),
    ];

    /// <param name="request">Says which page.</param>
    /// <param name="all">All items, by name.</param>
    /// <param name="label">An item's name and label.</param>
    /// <param name="write">Writes one item.</param>
    public static Task WriteAsync<T>(ApiRequest request, IReadOnlyList<T> all, Func<T, (string Name, string? Label)> label, Action<Utf8JsonWriter, T> write)
    {
        var (limit, after, text) = ((int)request.Number("limit", Usual, Most), request.Query("after"), request.Query("q"));
        var found = text is null ? all : [.. all.Where(i => label(i) is var (name, title) && (Has(name, text) || Has(title, text)))];
        var behind = found.Where(i => after is null || IsBehind(label(i).Name, after)).ToList();
        return ApiAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray("items");
            foreach (var item in behind.Take(limit))
            {
                json.WriteStartObject();
                write(json, item);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteString("next", behind.Count > limit ? label(behind[limit - 1]).Name : null);
            json.WriteNumber("total", found.Count);
        });
    }

    private static bool IsBehind(string name, string after) =>
        DeveloperName.Comparer.Compare(name, after) is var order && (order > 0 || (order == 0 && string.CompareOrdinal(name, after) > 0));

    private static bool Has(string? within, string text) => within?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
