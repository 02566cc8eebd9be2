using System.Globalization;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>Fills a form with what an entry says. Secrets stay where they are.</summary>
internal static class FormFiller
{
    public static FormValues Fill(IReadOnlyList<FormField> fields, YamlMap entry)
    {
        var values = new FormValues();
        foreach (var field in fields)
            Fill(field, entry, values, "");
        return values;
    }

    /// <summary>What stands in a field for a node of an entry.</summary>
    public static string TextOf(FormField field, YamlNode? node) => (field.Input, node) switch
    {
        (_, null) => field.Default,
        (FormInput.Lines, YamlList list) => string.Join('\n', list.Items.OfType<YamlText>().Select(t => t.Value)),
        (FormInput.Numbers, YamlList list) => string.Join(", ", list.Items.OfType<YamlText>().Select(t => t.Value)),
        (FormInput.Check, YamlText text) => text.Value.ToLowerInvariant(),
        (_, YamlText text) => text.Value,
        _ => "",
    };

    private static void Fill(FormField field, YamlMap entry, FormValues values, string row)
    {
        if (field.Fill is { } fill)
            values[row + field.Name] = fill(entry);
        else if (field.Input == FormInput.Rows)
            FillRows(field, YamlPath.Get(entry, field.Path) as YamlList, values);
        else if (field is { IsSecret: false, Input: not FormInput.Derived })
            values[row + field.Name] = TextOf(field, field.Path.Length == 0 ? null : YamlPath.Get(entry, field.Path));
    }

    private static void FillRows(FormField list, YamlList? items, FormValues values)
    {
        for (var i = 0; i < (items?.Items.Count ?? 0); i++)
        {
            var row = FormValues.Row(list.Name, i);
            values[row + FormNames.Of] = i.ToString(CultureInfo.InvariantCulture);
            foreach (var column in list.Columns)
                Fill(column, items!.Items[i] as YamlMap ?? YamlPath.Nothing, values, row);
        }
    }
}
