using System.Globalization;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>A form as it is shown.</summary>
/// <param name="Table">Its fields.</param>
/// <param name="Values">What they hold.</param>
internal sealed record FormView(FormTable Table, FormValues Values)
{
    public required PageFrame Frame { get; init; }

    /// <summary>The revision that is edited; null for a new entry.</summary>
    public long? Revision { get; init; }

    /// <summary>What happened, where it could not be saved; else null.</summary>
    public string? Problem { get; init; }

    public IReadOnlyList<FormFault> Faults { get; init; } = [];

    /// <summary>What the entry is; null for a new one.</summary>
    public YamlMap? Now { get; init; }

    /// <summary>Seals a secret that was typed, so that the form keeps it without showing it.</summary>
    public required Func<string, string, string> Seal { get; init; }

    /// <summary>Where to go without saving.</summary>
    public required string Back { get; init; }

    /// <summary>What leads to the rows of a list that are shown: one more than there are, to be filled in.</summary>
    public IEnumerable<string> RowsOf(FormField list)
    {
        Values.AddRow(list);
        return Enumerable.Range(0, Values.Count(list.Name)).Select(i => FormValues.Row(list.Name, i));
    }

    /// <summary>The groups of fields, the open ones first.</summary>
    public IEnumerable<IGrouping<string?, FormField>> Groups => Table.Fields.Where(f => f.Input != FormInput.Derived).GroupBy(f => f.Group);

    /// <summary>Whether what is there depends on what is filled in.</summary>
    public bool Varies => Table.Fields.Concat(Table.Fields.SelectMany(f => f.Columns)).Any(f => f.When.Count > 0);

    /// <summary>Whether a group is open from the start: something in it differs from the usual, or is wrong.</summary>
    public bool IsOpen(IEnumerable<FormField> group) => group.Any(f => f.IsShown(Values)
        && (f.Input == FormInput.Rows ? Values.Count(f.Name) > 0 : Values.Of(f.Name) != f.Default || SecretOf(f, "") is not null)
        || Faults.Any(fault => fault.Pointer is { } at && FieldAt(at)?.Split('/')[0] == f.Name));

    /// <summary>Tells of a secret that there is, such as "Set"; null where there is none.</summary>
    public string? SecretOf(FormField field, string row)
    {
        var entry = row.Length == 0 ? Now : Item(row);
        return entry is null ? null : SecretWord.Of(YamlPath.Get(entry, field.Path));
    }

    /// <summary>The faults that stand beside a field.</summary>
    public IReadOnlyList<FormFault> FaultsAt(FormField field, string row = "") => [.. Faults.Where(f => f.Pointer is { } at && FieldAt(at) == row + field.Name)];

    /// <summary>The name of the field that a pointer leads to; null where there is none, or it is not there now.</summary>
    public string? FieldAt(string pointer)
    {
        var at = pointer.TrimStart('/');
        var around = Shown().Where(s => IsOf(at, s.Path)).OrderByDescending(s => s.Path.Length).ToList();
        // Of what is about a part, the first field of that part is nearer than the list around it.
        return around.Where(s => !s.IsList || s.Path == at).Select(s => s.Name).FirstOrDefault()
            ?? Shown().Where(s => at.Length > 0 && s.Path.StartsWith($"{at}/", StringComparison.Ordinal)).Select(s => s.Name).FirstOrDefault()
            ?? around.Select(s => s.Name).FirstOrDefault();
    }

    private YamlMap? Item(string row) => Now is not null && int.TryParse(Values.Of(row + FormNames.Of), NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        ? (YamlPath.Get(Now, row.Split('/')[0]) as YamlList)?.Items.ElementAtOrDefault(place) as YamlMap
        : null;

    private static bool IsOf(string pointer, string path) => path.Length > 0 && (pointer == path || pointer.StartsWith($"{path}/", StringComparison.Ordinal));

    private IEnumerable<(string Path, string Name, bool IsList)> Shown()
    {
        foreach (var field in Table.Fields.Where(f => f.Input != FormInput.Derived && f.IsShown(Values)))
        {
            yield return (field.Path, field.Name, field.Input == FormInput.Rows);
            for (var i = 0; field.Input == FormInput.Rows && i < Values.Count(field.Name); i++)
            {
                var row = FormValues.Row(field.Name, i);
                foreach (var column in field.Columns.Where(c => c.IsShown(Values, row)))
                    yield return (row + column.Path, row + column.Name, false);
            }
        }
        foreach (var field in Table.Fields.Where(f => f.Input == FormInput.Derived))
            yield return (field.Path, field.FaultsAt, false);
    }
}
