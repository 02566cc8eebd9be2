namespace SigningProxy.Setup.Pages.Forms;

/// <summary>A field that two administrators hold to be different.</summary>
/// <param name="Field">The field.</param>
/// <param name="Mine">What was filled in.</param>
/// <param name="Theirs">What the entry says by now.</param>
internal sealed record FormDifference(FormField Field, string Mine, string Theirs)
{
    private const string TypedAnew = "(typed anew)";

    public static IReadOnlyList<FormDifference> Of(FormTable table, FormValues mine, FormValues theirs) =>
    [
        .. table.Fields.Where(f => f.Input != FormInput.Derived && f.FixedBecause is null && (f.IsShown(mine) || f.IsShown(theirs)))
            .Select(f => new FormDifference(f, TextOf(f, mine), TextOf(f, theirs))).Where(d => d.Mine != d.Theirs),
    ];

    /// <summary>What was filled in, with what is theirs wherever it was chosen.</summary>
    public static void Merge(FormTable table, FormValues mine, FormValues theirs)
    {
        foreach (var (choice, taken) in mine.All.Where(v => v.Key.StartsWith(FormNames.Take, StringComparison.Ordinal)).ToList())
        {
            mine.Remove(choice);
            if (taken == FormNames.Mine || table.Fields.FirstOrDefault(f => f.Name == choice[FormNames.Take.Length..]) is not { } field)
                continue;
            foreach (var (name, _) in mine.All.Where(v => IsIn(field, v.Key)).ToList())
                mine.Remove(name);
            foreach (var (name, text) in theirs.All.Where(v => IsIn(field, v.Key)))
                mine[name] = text;
        }
    }

    private static bool IsIn(FormField field, string name) =>
        name == field.Name || (field.Input == FormInput.Rows && name.StartsWith($"{field.Name}/", StringComparison.Ordinal));

    private static string TextOf(FormField field, FormValues values) => field.Input switch
    {
        _ when !field.IsShown(values) => "",
        FormInput.Rows => string.Join('\n', Enumerable.Range(0, values.Count(field.Name)).Select(i => RowOf(field, values, FormValues.Row(field.Name, i)))),
        FormInput.Check => values.IsOn(field.Name) ? "On" : "Off",
        FormInput.Choice => field.WordOf(values.Of(field.Name)),
        _ when field.IsSecret => values.Of(field.Name).Length > 0 ? TypedAnew : "",
        _ => values.Of(field.Name),
    };

    private static string RowOf(FormField list, FormValues values, string row) => string.Join("; ", list.Columns
        .Where(c => c.IsShown(values, row) && values.Of(row + c.Name).Length > 0).Select(c => $"{c.Label}: {(c.IsSecret ? TypedAnew : values.Of(row + c.Name))}"));
}
