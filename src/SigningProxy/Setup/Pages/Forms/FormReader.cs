using System.Globalization;
using SigningProxy.Configuration.Stored;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>Makes an entry out of what was filled in. Nothing is judged here: that is the catalog's.</summary>
internal static class FormReader
{
    /// <param name="fields">The fields of the form.</param>
    /// <param name="values">What was filled in.</param>
    /// <param name="now">What the entry is: its secrets stay unless others are typed, and so does what is on no form.</param>
    public static YamlMap Read(IReadOnlyList<FormField> fields, FormValues values, YamlMap now) => Read(fields, values, now, "");

    private static YamlMap Read(IReadOnlyList<FormField> fields, FormValues values, YamlMap now, string row)
    {
        var open = fields.Where(f => f is { Path.Length: > 0, FixedBecause: null }).ToList();
        var entry = now;
        // First what is not there: a place may be that of another field, which is.
        foreach (var field in open.Where(f => !f.IsShown(values, row)))
            entry = YamlPath.Set(entry, field.Path, null);
        foreach (var field in open.Where(f => f.IsShown(values, row)))
            entry = YamlPath.Set(entry, field.Path, NodeOf(field, values, row, YamlPath.Get(now, field.Path)));
        return entry;
    }

    private static YamlNode? NodeOf(FormField field, FormValues values, string row, YamlNode? now)
    {
        if (field.IsSecret)
            return SecretOf(row + field.Name, values, now);
        if (field.Input == FormInput.Rows)
            return RowsOf(field, values, now as YamlList);
        var typed = field.Input == FormInput.Derived ? field.Tell!(values) : values.Of(row + field.Name);
        // What says the same stays as it was written.
        if (now is not null && now is not YamlMap && FormFiller.TextOf(field, now) == typed)
            return now;
        return typed.Length == 0 || typed == field.Default ? null : NodeOf(field.Input, typed);
    }

    private static YamlNode? NodeOf(FormInput input, string typed) => input switch
    {
        FormInput.Number => Number(typed.Trim()),
        FormInput.Check => new YamlText(0, typed == FormValues.On ? FormValues.On : FormValues.Off, Plain: true),
        FormInput.Lines => ListOf(typed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Text)),
        FormInput.Numbers => ListOf(typed.Split([',', ' ', ';', '\n', '\r', '\t'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Number)),
        _ => Text(typed),
    };

    private static YamlNode? SecretOf(string name, FormValues values, YamlNode? now) =>
        values.Of(name) is { Length: > 0 } typed ? SecretPlaces.Of(SecretPlaces.Value, typed)
        : values.IsOn(FormNames.Forget + name) || now is not YamlMap ? null
        : now;

    private static YamlList? RowsOf(FormField list, FormValues values, YamlList? now)
    {
        values.Compact(list);
        var items = new List<YamlNode>();
        for (var i = 0; i < values.Count(list.Name); i++)
        {
            var row = FormValues.Row(list.Name, i);
            var was = int.TryParse(values.Of(row + FormNames.Of), NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? now?.Items.ElementAtOrDefault(place) as YamlMap : null;
            items.Add(Read(list.Columns, values, was ?? YamlPath.Nothing, row));
        }
        return items.Count == 0 ? null : new YamlList(0, 1, items);
    }

    private static YamlList? ListOf(IEnumerable<YamlText> items) => items.ToList() is { Count: > 0 } some ? new YamlList(0, 1, some) : null;

    private static YamlText Number(string text) => new(0, text, Plain: text.Length > 0 && text.All(char.IsAsciiDigit));

    private static YamlText Text(string text) => new(0, text, Plain: false);
}
